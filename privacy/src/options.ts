import type { Finding } from './compiled.js';
import type { KeyRules } from './key-rules.js';
import { closingQuote } from './quotes.js';

/** A command-line option whose value is the next word or argument; --password=x is a label like any other. */
const option =
  /(?<![\p{L}\p{N}_-])--?(\p{L}[\p{L}\p{N}_./-]{1,40})(?:[ \t]{1,3}(?=[^\s<[-])|["'`],?[ \t\n]{0,8}(?=["'`][^-]))/gu;
/** A keyword of Clojure or Ruby and its text: {:password "hunter2"}. */
const keyword = /(?<![\p{L}\p{N}_:]):(\p{L}[\p{L}\p{N}_./-]{1,40})[ \t]{1,3}(?=["'])/gu;
/** What turns an option on or off. */
const isSwitch = /^(?:true|false|null|none|)$/i;
const wholeOption = /^--?(\p{L}[\p{L}\p{N}_./-]{1,40})$/u;
/** An option and its value as one item of a list: ["node","--passphrase=aa bb cc"]. */
const wholeItem = /(?<=[[,(]\s{0,8})(["'])--?(\p{L}[\p{L}\p{N}_./-]{1,40})=/gu;
const withValue = /^--?(\p{L}[\p{L}\p{N}_./-]{1,40})=/u;
const longestValue = 400;
/** What follows an option in a sentence about it. */
const prose =
  /^(?:an?|and|or|is|are|was|has|have|can|cannot|may|must|should|will|needs?|requires?|expects?|takes|to|for|in|on|at|from|of|with|without|instead|the|this|that|it|its|if|when|as|not|no|option|flag|argument|parameter|value|given|set|unset|missing|required|empty|invalid|unknown|deprecated|ignored|specified|provided|used|и|или|не|для|без|нужен|нужна|требует|задан|указан)$/iu;

/** The key that an argument such as '--db-password' names for the one that follows it. */
export function optionName(argument: string): string | undefined {
  if (argument.charCodeAt(0) !== 45) return undefined;
  const name = wholeOption.exec(argument)?.[1];
  return name?.startsWith('no-') ? undefined : name;
}

/** The key of an argument that holds its value too, such as '--passphrase=aa bb', and where the value begins. */
export function optionWithValue(argument: string): { readonly name: string; readonly from: number } | undefined {
  if (argument.charCodeAt(0) !== 45 || !argument.includes('=')) return undefined;
  const [all, name] = withValue.exec(argument) ?? [];
  return all === undefined || name === undefined || isSwitch.test(argument.slice(all.length))
    ? undefined
    : { name, from: all.length };
}

/** Values of listed options in a text: '--password hunter2', ["--password","hunter2"], :password "hunter2". */
export function findByOption(text: string, keys: KeyRules): Finding[] {
  return [
    ...(text.includes('-') ? findAfter(option, 'option', text, keys) : []),
    ...(text.includes('"-') || text.includes("'-") ? findItems(text, keys) : []),
    ...(text.includes(':') ? findAfter(keyword, 'keyword', text, keys) : []),
  ];
}

function findItems(text: string, keys: KeyRules): Finding[] {
  const findings: Finding[] = [];
  wholeItem.lastIndex = 0;
  for (let match = wholeItem.exec(text); match; match = wholeItem.exec(text)) {
    const [, quote = '', name = ''] = match;
    const { kind } = keys.of(name);
    if (!kind) continue;
    const start = wholeItem.lastIndex;
    const end = closingQuote(text, start, quote);
    if (!isSwitch.test(text.slice(start, end))) findings.push({ start, end, kind, rule: `option '${name}'` });
    wholeItem.lastIndex = end;
  }
  return findings;
}

function findAfter(sign: RegExp, what: string, text: string, keys: KeyRules): Finding[] {
  const findings: Finding[] = [];
  sign.lastIndex = 0;
  for (let match = sign.exec(text); match; match = sign.exec(text)) {
    const name = match[1] ?? '';
    const { kind } = keys.of(name);
    if (!kind || name.startsWith('no-')) continue;
    const value = valueAt(text, sign.lastIndex);
    if (!value) continue;
    findings.push({ ...value, kind, rule: `${what} '${name}'` });
    sign.lastIndex = value.end;
  }
  return findings;
}

function valueAt(text: string, at: number): { start: number; end: number } | undefined {
  const first = text[at] ?? '';
  if (/["'`]/.test(first)) {
    const end = closingQuote(text, at + 1, first);
    return end > at + 1 ? { start: at + 1, end } : undefined;
  }
  const word = /^[^\s"'`]{1,400}/.exec(text.slice(at, at + longestValue))?.[0].replace(/[)\]},.;:]{1,4}$/, '') ?? '';
  return word === '' || prose.test(word) ? undefined : { start: at, end: at + word.length };
}
