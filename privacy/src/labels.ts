import type { CompiledKind, Finding } from './compiled.js';
import { endOfEncoded } from './encoded-values.js';
import type { KeyRules, KeyVerdict } from './key-rules.js';
import { longestPlainValue, nameAfter, operator, type Span, valueAfter } from './label-values.js';
import { endOfWord } from './recognisers/codes.js';
import { isReplaced } from './replace.js';
import type { Shadow } from './shadow.js';
import { namedKey } from './words.js';

/** The farthest that a key may reach back from its ':' or '='. */
const longestKey = 64;
const longestTag = 240;
/** A name and its value in an object: {"field":"phone","new":"…"}. */
const farthestPair = 400;

/** A name in brackets behind another: filter[phone][like]=…, phone[]=…, recipient[name]=…, body["recipient"]["name"]=… */
const bracketedKey = /([\p{L}\p{N}_.-]{0,60})((?:\[["']?[$\p{L}\p{N}_.-]{0,40}["']?\]){1,6})$/u;
/** What stands in the last brackets and is no name: an operator, an index. */
const noName =
  /^(?:\$?(?:eq|neq?|gte?|lte?|n?in|i?like|i?contains|i?exact|regex|starts_?with|ends_?with)|[0-9]{0,4})$/i;

const labelSigns = new RegExp(`[:=>]|(?<=[\\p{L}\\p{N}"'\\])]) ${operator}(?=[ (]+["'(])`, 'giu');

const longestTally = 7;
const farthestTally = 40;
const failure = /(?<![\p{L}\p{N}])(?:fail(?:ed|ures?)?|skip(?:ped)?)["']?[:=] ?\d/iu;

/** Values that say something about a field instead of being its value: 'password: required'. */
export const notValues =
  /^(?:null|undefined|true|false|none|nil|required|missing|invalid|empty|must|is|are|was|not|no|changed|reset|expired|wrong|incorrect|failed|yes|json|string|number|boolean|object|\?+|\$\d+|%[sdoj]|\*{3,}[\p{L}\p{N}]{0,4}|\[?redacted\]?)[.!?]{0,3}$|^(?:true|false|null|undefined)\//iu;

/**
 * Values whose listed key stands before them in a text: JSON whole or cut off, query strings and forms, headers,
 * 'password: x', PostgreSQL's 'Key (email)=(x)'. One pass over the text; a value that was found is not looked into again.
 */
export function findByLabel(shadow: Shadow, keys: KeyRules, mask: string): Finding[] {
  const { text } = shadow;
  const findings: Finding[] = [];
  const labels = new RegExp(labelSigns);
  let pair: { values: readonly string[]; verdict: KeyVerdict; until: number } | undefined;
  for (let sign = labels.exec(text); sign; sign = labels.exec(text)) {
    const label = sign[0] === '>' ? elementBefore(text, sign.index) : keyBefore(text, sign.index);
    if (!label) continue;
    const { verdict, key } = verdictOf(label, keys);
    const paired = pair && sign.index < pair.until && pair.values.includes(verdict.name) ? pair.verdict : undefined;
    const kind = paired?.kind ?? verdict.kind;
    if (!kind && verdict.pairs.length === 0) continue;
    const at = sign.index + sign[0].length - 1;
    // The name of a pair is short; only a value that will be masked may be long, and is not looked into again.
    const value = kind ? encodedValueAfter(shadow, at, kind, verdict.name) : nameAfter(text, at, 2 * longestKey);
    if (verdict.pairs.length > 0 && value) {
      const named = keys.of(namedKey(text.slice(value.start, Math.min(value.end, value.start + longestKey))));
      pair = named.kind ? { values: verdict.pairs.flat(), verdict: named, until: value.end + farthestPair } : undefined;
    }
    if (!kind || !value || value.end <= value.start) continue;
    const word = !paired && verdict.spared.length > 0 ? wordAround(text, sign.index) : undefined;
    if (word && verdict.spared.some((form) => form.test(text.slice(word.start, word.end)))) {
      labels.lastIndex = Math.max(labels.lastIndex, word.end);
      continue;
    }
    labels.lastIndex = Math.max(labels.lastIndex, value.end);
    const raw = text.slice(value.start, value.end);
    if (isTally(text, value) || isDirectory(text, value)) continue;
    if (notValues.test(raw) || isReplaced(raw, mask) || (!paired && verdict.spared.some((form) => form.test(raw))))
      continue;
    findings.push({ ...value, kind, rule: paired ? `key '${kind.name}' in a field beside it` : `key '${key}'` });
  }
  return findings;
}

/** The value of a listed key, with the words that only its encoding joins. */
function encodedValueAfter(shadow: Shadow, sign: number, kind: CompiledKind, key: string): Span {
  const { start, end } = valueAfter(shadow.text, sign, kind, key);
  const bare = shadow.text[sign] === '=' && !/["'`({[]/.test(shadow.text.slice(start - 1, start + 1));
  return { start, end: bare ? endOfEncoded(shadow, sign, end) : end };
}

/** 'pass=12 fail=0': a number beside that of its opposite is a count. */
function isTally(text: string, { start, end }: Span): boolean {
  if (end - start > longestTally || !/^\d+$/.test(text.slice(start, end))) return false;
  return /(?:^|[^\p{L}\p{N}])pass(?:ed)?["']?[:=] ?$/iu.test(text.slice(Math.max(0, start - 12), start))
    ? failure.test(text.slice(Math.max(0, start - farthestTally), start)) ||
        failure.test(text.slice(end, end + farthestTally))
    : false;
}

/** The word that a sign stands in: 'mac address 14:8b:83:d0:47:ac' has a sign of a key within the value. */
function wordAround(text: string, sign: number): Span | undefined {
  const begun = /(?<=^|\s)\d{1,4}$/.exec(text.slice(Math.max(0, sign - 5), sign))?.[0];
  return begun === undefined ? undefined : { start: sign - begun.length, end: endOfWord(text, sign) };
}

/** The words before a sign, back to the start of the key; the whole phrase first, then its last words. */
function keyBefore(text: string, sign: number): string | undefined {
  const bracket = text[sign - 1] === ' ' ? sign - 1 : sign;
  const inBrackets =
    text[bracket - 1] === ']' ? namesInBrackets(text.slice(Math.max(0, bracket - longestKey), bracket)) : '';
  if (inBrackets) return inBrackets;
  let end = sign;
  while (end > 0 && /["'\s\])`]/.test(text[end - 1] ?? '') && sign - end < 4) end--;
  let start = end;
  while (start > 0 && end - start < longestKey && /[\p{L}\p{N}_.\-$ /]/u.test(text[start - 1] ?? '')) start--;
  const key = text.slice(start, end).trim();
  return key === '' || /^[\d.\-/ ]+$/.test(key) ? undefined : key;
}

/** 'recipient name' of recipient[name], order[recipient][name][like] and recipient[name][0]. */
function namesInBrackets(text: string): string {
  const [, head = '', brackets = ''] = bracketedKey.exec(text) ?? [];
  const names = [
    head,
    ...brackets
      .slice(1, -1)
      .split('][')
      .map((name) => name.replace(/^["']|["']$/g, '')),
  ];
  while (noName.test(names.at(-1) ?? 'x')) names.pop();
  // [error][card]: a line's marks are no names within each other.
  return (head === '' ? names.slice(-1) : names).join(' ');
}

/** <phone>…</phone>, <ns:phone type="home">…</ns:phone>: the name of the element whose opening tag ends here. */
function elementBefore(text: string, end: number): string | undefined {
  const next = text.slice(end, end + longestPlainValue).indexOf('</');
  if (next < 0 || text.slice(end + 1, end + next).includes('<')) return undefined;
  const tag = text.slice(Math.max(0, end - longestTag), end);
  return /^([\p{L}_][\p{L}\p{N}_.-]{0,63}:)?([\p{L}_][\p{L}\p{N}_./-]{0,63})(?:\s[^<>]*)?$/u.exec(
    tag.slice(tag.lastIndexOf('<') + 1),
  )?.[2];
}

function verdictOf(phrase: string, keys: KeyRules): { verdict: KeyVerdict; key: string } {
  const words = phrase.split(' ').filter((word) => word !== '');
  for (let count = Math.min(3, words.length); count > 0; count--) {
    const key = words.slice(-count).join(' ');
    const verdict = keys.of(key);
    if (verdict.kind) return { verdict, key };
  }
  // '/search/password: x': what stands before the last slash is a path; a listed key may hold one itself.
  const slash = phrase.lastIndexOf('/');
  if (slash >= 0 && slash < phrase.length - 1) return verdictOf(phrase.slice(slash + 1), keys);
  const key = words.at(-1) ?? phrase;
  return { verdict: keys.of(key), key };
}

/** The working directory of a shell: 'TTY=pts/0 ; PWD=/srv/app'. */
function isDirectory(text: string, { start }: Span): boolean {
  return text[start] === '/' && /(?:^|[\s;,])PWD=$/.test(text.slice(Math.max(0, start - 'PWD='.length - 1), start));
}
