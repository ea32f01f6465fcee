import { separator } from './normalise.js';

/** Stand behind a listed key while the rules run, so that the long list of keys is looked for once. */
export const [listed, listedName, listedAddress] = ['\ue001', '\ue002', '\ue003'] as const;
/** Stands behind the name of an argument or the value of a field, which are followed by no sign of their own. */
export const argument = '\ue006';
/** Stands before the name of a value that stands in the field beside it. */
export const pairedName = '\ue007';
export const anyListed = `[${listed}${listedName}${listedAddress}]`;
export const listedKey = `(?:${anyListed}${pairedName}?)`;
/** Stands behind a context word that has its value. */
export const contextUsed = '\ue009';
/** What a masked value reads while the rules run: each of them spares what begins so. */
export const mask = '****';
/** All signs that must be gone in the end, shield and numeral among them. */
export const workingSigns = '[\ue000-\ue00f]';

/** As JSON writes it, and as it stands where percent-encoding was undone. */
export const less = `(?:<|\\\\{1,15}u003c${separator}?)`;
export const greater = `(?:>|\\\\{1,15}u003e${separator}?)`;

const gap = `(?:[\\s${separator}]|\\\\{1,15}t){0,8}`;
const operator = '(?:eq|ne|gt|lt|ge|le|in|like|ilike|contains|matches|starts ?with|ends ?with)';

export const quote = '(?:\\\\*["\']|%22|%27)*';
/** What stands between a key and its value: : = => := and > of an element. */
export const sign = `(?:${gap}(?:[:=]{1,3}${greater}?|\\\\{1,15}u003e)${gap}(?:${operator}[:(=]{1,2})?|>)`;
/** The word of a filter, which only a value in quotes follows: phone eq '…', phone in ('…'). */
const filter = ` ${operator}[ (]{1,3}`;
/** Behind a key in the brackets of a form, user[password][0]. */
const brackets = '(?:\\]|%5[Dd])?(?:\\[[\\w-]{0,20}\\]|%5[Bb][\\w-]{0,20}%5[Dd]){0,3}';

/** What stands behind a key in a text, up to the value or its opening quote. */
export const toValue = `${quote}${brackets}${sign}`;
/** The same before a quote. */
export const toQuotedValue = `${quote}(?:${brackets}${sign}|${filter})`;
/** The same for an argument of a command: --password x, ["--password", "x"], and for a field's value: field=phone new=x. */
export const toArgument = `${argument}(?: {1,3}|\\\\*["'],\\s?|=)`;
/** Behind a key that is an attribute's: user[password], card_number[]. */
export const formBrackets = '\\]?(?:\\[[\\w-]{0,20}\\])*';
/** What tells that a phrase is a key. */
export const afterKey = `${formBrackets}\\\\*["']|%22|%27|${argument}|(?:, ?[\\w, ]{1,80})?\\)=|${brackets}${sign}|${filter}\\\\*["']`;
