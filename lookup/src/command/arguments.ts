import { parseArgs } from 'node:util';
import { readCursor } from '../search/cursor.js';
import { readAsked } from '../story/asked.js';
import type { Asked } from '../story/story.js';
import { type CommandName, commandHelp } from './help.js';
import { readMoment } from './times.js';
import { UsageError } from './usage-error.js';

export type Format = 'text' | 'json' | 'ndjson' | 'otlp';

interface Shared {
  /** Undefined: what the core takes. */
  readonly from?: Date;
  readonly to?: Date;
  readonly format: Format;
  readonly all: boolean;
  readonly width?: number;
}

export type Request =
  | (Shared & { readonly command: 'order' | 'trace'; readonly asked: Asked })
  | (Shared & { readonly command: 'search'; readonly query: string; readonly limit: number; readonly after?: string })
  | (Shared & { readonly command: 'record'; readonly id: string })
  | (Shared & { readonly command: 'tail'; readonly query: string })
  | (Shared & { readonly command: 'services' });

export interface HelpRequest {
  readonly help: CommandName | 'main';
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const common = { json: flag, ndjson: flag, width: text, help: { ...flag, short: 'h' } } as const;
const window = { since: text, from: text, to: text } as const;
const story = { ...common, ...window, otlp: flag, all: flag } as const;
const options = {
  order: story,
  trace: story,
  search: { ...common, ...window, limit: text, after: text },
  record: { help: common.help },
  tail: { ...common, since: text },
  services: { ...common, ...window },
} as const;

/** @throws UsageError */
export function readArguments(args: readonly string[], now: Date): Request | HelpRequest {
  const [command, ...rest] = args;
  if (command === '--help' || command === '-h' || command === 'help') return { help: 'main' };
  if (command === undefined) throw new UsageError(`which look-up? ${commandList()}`);
  if (!isCommand(command)) throw new UsageError(`there is no command '${command}'; ${commandList()}`);

  const { values, positionals } = parse(command, rest);
  if (values.help === true) return { help: command };
  const shared = {
    ...readWindow(values, now),
    format: readFormat(values),
    all: values.all === true,
    ...(values.width !== undefined && { width: wholeNumber('--width', String(values.width), 60, 1_000) }),
  };
  const subject = positionals.join(' ').trim();
  switch (command) {
    case 'order':
    case 'trace':
      if (positionals.length > 1) throw new UsageError(`one ${command} at a time; ${positionals.length} were given`);
      return { ...shared, command, asked: command === 'order' ? readOrder(subject) : readTrace(subject) };
    case 'search':
      if (subject === '') throw new UsageError("search for which words? for example: search 'open mesh'");
      return {
        ...shared,
        command,
        query: subject,
        limit: wholeNumber('--limit', String(values.limit ?? '20'), 1, 1_000),
        ...(values.after !== undefined && { after: readAfter(String(values.after)) }),
      };
    case 'record':
      if (!/^[^/\s]+\/\S+$/.test(subject))
        throw new UsageError(`'${subject}' names no record; right would be ${recordName}`);
      return { ...shared, command, id: subject };
    case 'tail':
      return { ...shared, command, query: subject };
    case 'services':
      if (subject !== '') throw new UsageError("'services' takes no words; 'search' does");
      return { ...shared, command };
  }
}

/** No argument of a process can have it in it. */
const wordMark = '\0';

function parse(command: CommandName, args: string[]): { values: Record<string, unknown>; positionals: string[] } {
  // `-cold` is a word of the search language and `-7` may be an order, not an option: these have no short option but -h.
  const takesWords = command === 'search' || command === 'tail' || command === 'order';
  const isWord = (arg: string) => takesWords && /^-[^-]/.test(arg) && arg !== '-h';
  const marked = args.map((arg) => (isWord(arg) ? `${wordMark}${arg}` : arg));
  try {
    const read = parseArgs({ args: marked, options: options[command], allowPositionals: true, strict: true });
    const unmarked = (each: unknown) => (typeof each === 'string' ? each.replace(wordMark, '') : each);
    return {
      values: Object.fromEntries(Object.entries(read.values).map(([name, value]) => [name, unmarked(value)])),
      positionals: read.positionals.map((each) => each.replace(wordMark, '')),
    };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    const takes = Object.keys(options[command]).map((name) => `--${name}`);
    const unknown = /^Unknown option '([^']+)'/.exec(message)?.[1];
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' && unknown) {
      throw new UsageError(`'${command}' has no option '${unknown}'; it takes ${takes.join(', ')}`);
    }
    throw new UsageError(`${message.split('\n', 1)[0]}; '${command} --help' has examples`);
  }
}

function readWindow(values: Record<string, unknown>, now: Date): { from?: Date; to?: Date } {
  if (values.since !== undefined && values.from !== undefined) {
    throw new UsageError('--since and --from are the same: give one of them');
  }
  const moment = (option: 'since' | 'from' | 'to') =>
    values[option] === undefined ? undefined : readMoment(`--${option}`, String(values[option]), now);
  const [from, to] = [moment('since') ?? moment('from'), moment('to')];
  if (from && to && from >= to) throw new UsageError('the window ends before it begins: --to must be after --from');
  return { ...(from && { from }), ...(to && { to }) };
}

function readFormat(values: Record<string, unknown>): Format {
  const asked = (['json', 'ndjson', 'otlp'] as const).filter((format) => values[format] === true);
  if (asked.length > 1) throw new UsageError(`one of ${asked.map((format) => `--${format}`).join(', ')} at a time`);
  return asked[0] ?? 'text';
}

const recordName = "the 'cut.id' that a story's --json has";

function readAfter(text: string): string {
  if (readCursor(text) !== undefined) return text;
  throw new UsageError(`--after '${text.slice(0, 80)}' is no place in an answer; the page before prints the right one`);
}

function readOrder(subject: string): Asked {
  if (subject === '') throw new UsageError('which order? for example: order ORD-7K2MXQ4BTZ');
  const named = /^[^\s=]+=/.test(subject) ? readAsked(subject) : undefined;
  return named ?? { orderId: subject };
}

function readTrace(subject: string): Asked {
  const asked = readAsked(subject);
  if (asked && ('traceId' in asked || 'spanId' in asked) && !subject.includes('=')) return asked;
  const said = subject === '' ? 'which trace?' : `'${subject}' is no trace id:`;
  throw new UsageError(
    `${said} it has 32 hexadecimal digits (a span id 16), for example 4bf92f3577b34da6a3ce929d0e0e4736`,
  );
}

function wholeNumber(option: string, value: string, least: number, most: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`${option} '${value}' is no number from ${least} to ${most}`);
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commandHelp, name);
}

function commandList(): string {
  return "right would be 'order <number>', 'trace <id>', 'search <words>', 'tail', 'services', 'record <id>' or 'page' ('--help' has more)";
}
