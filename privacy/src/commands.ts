import type { Finding } from './compiled.js';
import type { KeyRules } from './key-rules.js';

/** Words in a text without which `findInCommands` finds nothing. */
export const commandWords = ['curl', 'mysql', 'auth'];

/** What stands before the secret of a command whose option has no telling name: curl -u ivan:x, mysql -px, AUTH x. */
const commands: readonly RegExp[] = [
  /(?<![\p{L}\p{N}_-])curl(?: [^\n|;]{0,200}?)? -(?:u ?|-user[ =])["']?[^\s"':]{1,80}:/gu,
  /(?<![\p{L}\p{N}_-])mysql(?:dump|admin)?(?: [^\n|;]{0,200}?)? -p["']?(?=[^\s"'])/gu,
];
/** The command of Redis by itself, with a user or without, also as its monitor prints it. */
const redisAuth =
  /(?:^|["'`\n\]] ?)AUTH["'`]? (?:["'`]?[\p{L}\p{N}_-]{1,40}["'`]? )?["'`]?(?=[^\s"'`]{1,200}(?:["'`\n]|$))/gu;
/** 'the new password is hunter2' */
const sentence = /(?<![\p{L}\p{N}_])(\p{L}[\p{L}_-]{2,40}) (?:is|[—–])[ :]{1,2}["'`]?(?=[^\s"'`])/gu;
const secret = /^[^\s"'`]{1,200}/;
/** In a sentence only what no word is: with a digit, a capital or a sign within; a field or a path may go on after it. */
const noWord = /^[^&/,;]{0,200}(?:\d|\p{Ll}\p{Lu}|[!@#$%^*])/u;
const shortestInSentence = 4;

/** Passwords in commands and sentences, where no sign and no option's name tells them. */
export function findInCommands(text: string, keys: KeyRules): Finding[] {
  const { kind } = keys.of('password');
  if (!kind) return [];
  const findings: Finding[] = [];
  const add = (start: number, rule: string, wanted: RegExp) => {
    const found = secret.exec(text.slice(start, start + 200))?.[0].replace(/[)\]},.;:!?]{1,4}$/, '') ?? '';
    if (wanted.test(found) && (wanted !== noWord || found.length >= shortestInSentence))
      findings.push({ start, end: start + found.length, kind, rule });
  };
  for (const command of commands)
    for (const { index, 0: before } of text.matchAll(command)) add(index + before.length, 'command', /./);
  for (const { index, 0: before } of text.matchAll(redisAuth)) add(index + before.length, 'command', noWord);
  for (const { index, 0: before, 1: word = '' } of text.matchAll(sentence))
    if (keys.of(word).kind === kind) add(index + before.length, `key '${word}' in a sentence`, noWord);
  return findings;
}
