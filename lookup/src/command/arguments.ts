import { parseArgs } from 'node:util';
import { dayMs } from '../story/find-story.js';
import { type CommandName, commandHelp } from './help.js';

/** A command line that can't be understood; the message is one line and says what would be right. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export interface Request {
  readonly command: CommandName;
  /** The order's number, the trace id in lower case, or the words. */
  readonly subject: string;
  readonly since: Date;
  readonly json: boolean;
  readonly all: boolean;
  readonly width?: number;
  readonly limit: number;
}

export interface HelpRequest {
  readonly help: CommandName | 'main';
}

const common = {
  since: { type: 'string', default: '30d' },
  json: { type: 'boolean', default: false },
  width: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;
const page = { ...common, all: { type: 'boolean', default: false } } as const;
const options = {
  order: page,
  trace: page,
  search: { ...common, limit: { type: 'string', default: '20' } },
} as const;

/** @throws UsageError */
export function readArguments(args: readonly string[], now: Date): Request | HelpRequest {
  const [command, ...rest] = args;
  if (command === '--help' || command === '-h' || command === 'help') return { help: 'main' };
  if (command === undefined) throw new UsageError(`which look-up? ${commandList()}`);
  if (!isCommand(command)) throw new UsageError(`there is no command '${command}'; ${commandList()}`);

  const { values, positionals } = parse(command, rest);
  if (values.help === true) return { help: command };
  return {
    command,
    subject: subjectOf(command, positionals),
    since: readSince(String(values.since), now),
    json: values.json === true,
    all: values.all === true,
    ...(values.width !== undefined && { width: positiveNumber('--width', String(values.width), 60, 1_000) }),
    limit: positiveNumber('--limit', String(values.limit ?? '20'), 1, 1_000),
  };
}

function parse(command: CommandName, args: string[]): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({ args, options: options[command], allowPositionals: true, strict: true });
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

function subjectOf(command: CommandName, positionals: readonly string[]): string {
  const subject = positionals.join(' ').trim();
  if (command === 'search') {
    if (subject === '') throw new UsageError("search for which words? for example: search 'open mesh'");
    return subject;
  }
  if (positionals.length > 1) throw new UsageError(`one ${command} at a time; ${positionals.length} were given`);
  if (command === 'trace') return readTraceId(subject);
  if (subject === '') throw new UsageError('which order? for example: order ORD-7K2MXQ4BTZ');
  return subject;
}

/** 16 bytes in hexadecimal, not all zero (W3C Trace Context, trace-id); a whole traceparent is taken for its trace id. */
function readTraceId(text: string): string {
  const id = (/^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/i.exec(text)?.[1] ?? text).toLowerCase();
  if (/^[0-9a-f]{32}$/.test(id) && !/^0+$/.test(id)) return id;
  const said = text === '' ? 'which trace?' : `'${text}' is no trace id:`;
  throw new UsageError(`${said} it has 32 hexadecimal digits, for example 4bf92f3577b34da6a3ce929d0e0e4736`);
}

function readSince(text: string, now: Date): Date {
  const span = /^(\d{1,5})([dhm])$/.exec(text);
  if (span) {
    const unitMs = { d: dayMs, h: 3_600_000, m: 60_000 }[span[2] as 'd' | 'h' | 'm'];
    return new Date(now.getTime() - Number(span[1]) * unitMs);
  }
  const date = /^\d{4}-\d\d-\d\d/.test(text) ? new Date(text) : undefined;
  if (date && !Number.isNaN(date.getTime())) return date;
  throw new UsageError(`--since '${text}' is no time: right would be 30d, 12h, 45m, or a date like 2026-11-01`);
}

function positiveNumber(option: string, text: string, least: number, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`${option} '${text}' is no number from ${least} to ${most}`);
}

function isCommand(text: string): text is CommandName {
  return Object.hasOwn(commandHelp, text);
}

function commandList(): string {
  return `right would be 'order <number>', 'trace <id>' or 'search <words>' ('--help' has more)`;
}
