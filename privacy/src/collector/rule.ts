/** One replacement in the JSON of a record, in RE2. */
export interface Rule {
  /** 'card: written form', for people. */
  readonly name: string;
  readonly pattern: string;
  /** With <1> for the first group. */
  readonly replacement: string;
  /** Rules by form of numbers need a checksum to be sure: a record that the preload has redacted does without them. */
  readonly needsChecksum: boolean;
  /** What the text must have for the rule to be worth its while; literals, or a flag that is found out once. */
  readonly when?:
    | 'word'
    | 'context'
    | 'digits'
    | 'codes'
    | 'encoded'
    | 'escaped'
    | 'form'
    | 'insert'
    | 'known'
    | 'nested'
    | 'numbers'
    | 'wide'
    | readonly string[];
}

export const before = '(^|[^\\p{L}\\p{N}])';
/** A word of another script may touch a number (карта4111…); a decimal fraction (0.4111…) and a date hold none. */
export const beforeNumber = '(^|[^A-Za-z\\p{N}.-]|[^\\p{N}][.-])';
export const space = '(?: |%20|\\+|\\x{a0})';
/** Stands for what was taken out before percent-encoding was undone. */
export const taken = '\ue00a';
/** User and password before the host of an URL, up to its last @. */
export const urlCredentials: Rule = {
  name: 'url_credentials',
  pattern: `(://)[^/\\s"\\\\?#<>*\ue000][^/\\s"\\\\?#<>\ue000]{0,400}@`,
  replacement: '<1>****@',
  needsChecksum: false,
  when: ['@'],
};

/** A private-use character that keeps a rule from a value for the time of the rules; taken out afterwards. */
export const shield = '\ue000';
/** Stands before a number that is a text for the time of the rules. */
export const numeral = '\ue005';
const ip =
  '[0-9]{1,3}(?:[.][0-9]{1,3}){3}|::1|::ffff:[0-9.]{7,15}|(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}|[0-9a-fA-F]{2}(?:-[0-9a-fA-F]{2}){5}|0x[0-9a-fA-F]{1,16}|localhost';
/** An address of a machine that is none of anything else: of a network, of a network card, of memory, a name with a port. */
export const ipAddress = `(?:(?:${ip})(?::[0-9]{1,5})?|[a-z][a-z0-9-]{0,62}(?:[.][a-z0-9-]{1,62}){1,6}:[0-9]{2,5})`;
/** The same, or a machine's name. */
export const machineAddress = `(?:${ip}|[a-z][a-z0-9-]{0,62}(?:[.][a-z0-9-]{1,62}){0,6})(?::[0-9]{1,5})?`;
/** What ends an address in a text. */
export const addressEnd = `(?:[\\s"'\\\\,;&)\\]]|[.] )`;
/** Whose address is that of a machine. */
export const machines = 'client server peer local source destination host socket network bind ip remote'.split(' ');

/** What its beginning, the first group, says is nothing personal: the shield stands before the second. */
export function stays(name: string, pattern: string, when: NonNullable<Rule['when']>, needsChecksum = true): Rule {
  return { name, pattern, replacement: `<1>${shield}<2>`, needsChecksum, when };
}
