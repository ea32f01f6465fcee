import { entityAt, mayHoldEntity } from './entities.js';

/**
 * A text as it is meant, and where each of its characters came from: percent-encoding, form-encoding, the escapes of JSON
 * and the character references of HTML undone, digits and signs of other scripts made ASCII, invisible characters gone.
 * Patterns run on the shadow; what they find is cut out of the original.
 */
export interface Shadow {
  readonly text: string;
  readonly original: string;
  /** Offset in the original of every character of `text`, and of its end; absent when both texts are the same. */
  readonly offsets: Int32Array | undefined;
}

/** How often encodings are undone: JSON in JSON in a query string is three. */
const deepestEncoding = 4;

/** Where the decimal digits of other scripts begin (Unicode category Nd, basic plane). */
const digitZeros = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040,
  0x17e0, 0x1810, 0xa620, 0xa8d0, 0xabf0,
];

export function shadowOf(original: string): Shadow {
  let shadow: Shadow = { text: original, original, offsets: undefined };
  for (let depth = 0; depth < deepestEncoding; depth++) {
    if (!mayBeEncoded(shadow.text)) return shadow;
    const next = decodeOnce(shadow, depth === 0 && isForm(original));
    if (next.text === shadow.text) return shadow;
    shadow = next;
  }
  return shadow;
}

function mayBeEncoded(text: string): boolean {
  return /%[0-9A-Fa-f]{2}|\\|[\u0660-\uffff\u00ad]/.test(text) || mayHoldEntity.test(text) || isForm(text);
}

/** A form or query string, in which + stands for a space. */
function isForm(text: string): boolean {
  return text.includes('+') && (text.includes('=') || /%[0-9A-Fa-f]{2}/.test(text));
}

function decodeOnce({ text, original, offsets }: Shadow, formEncoded: boolean): Shadow {
  const made: string[] = [];
  const from = new Int32Array(text.length + 1);
  let length = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const step =
      code === 37
        ? percent(text, at)
        : code === 92
          ? backslash(text, at)
          : (code === 38 && entityAt(text, at)) || plain(text, at, code, formEncoded);
    for (let i = 0; i < step.char.length; i++) from[length++] = offsets ? (offsets[at] ?? at) : at;
    if (step.char !== '') made.push(step.char);
    at += step.length;
  }
  from[length] = offsets ? (offsets[text.length] ?? text.length) : text.length;
  return { text: made.join(''), original, offsets: from.subarray(0, length + 1) };
}

interface Step {
  /** What stands in the shadow: '' for nothing. */
  readonly char: string;
  /** How many characters of the text it takes. */
  readonly length: number;
}

function percent(text: string, at: number): Step {
  const lead = byteAt(text, at);
  if (lead < 0) return { char: '%', length: 1 };
  const bytes = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
  if (bytes === 1) return { char: lead < 0x80 ? String.fromCharCode(lead) : '\ufffd', length: 3 };
  let code = lead & (0xff >> (bytes + 1));
  for (let i = 1; i < bytes; i++) {
    const next = byteAt(text, at + 3 * i);
    if (next < 0x80 || next > 0xbf) return { char: '\ufffd', length: 3 };
    code = (code << 6) | (next & 0x3f);
  }
  return { char: code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code), length: 3 * bytes };
}

function byteAt(text: string, at: number): number {
  if (text.charCodeAt(at) !== 37) return -1;
  const high = hexValue(text.charCodeAt(at + 1));
  const low = hexValue(text.charCodeAt(at + 2));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

const shortEscapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', "'": "'", '\\': '\\', '/': '/' };

function backslash(text: string, at: number): Step {
  const next = text[at + 1] ?? '';
  const digits = next === 'u' ? 4 : next === 'x' ? 2 : 0;
  if (digits > 0) {
    const hex = text.slice(at + 2, at + 2 + digits);
    if (hex.length === digits && /^[0-9A-Fa-f]+$/.test(hex)) {
      return {
        char: plain(String.fromCharCode(Number.parseInt(hex, 16)), 0, Number.parseInt(hex, 16), false).char,
        length: 2 + digits,
      };
    }
  }
  const char = shortEscapes[next];
  return char === undefined ? { char: '\\', length: 1 } : { char, length: 2 };
}

/** What follows the + of ivan+shop@example.com and ivan+ring=2@example.com: such a + is none of a form's. */
const mailTag = /^[\p{L}\p{N}_.-](?:[\p{L}\p{N}_.=-]|%3D){0,39}(?:@|%40)/iu;
const longestMailTag = 80;

function plain(text: string, at: number, code: number, formEncoded: boolean): Step {
  if (code < 0x80) {
    const spaceSign =
      code === 43 &&
      formEncoded &&
      !(/[^\p{L}\p{N}.,;)%+]/u.test(text[at - 1] ?? '=') && /[\d(]/.test(text[at + 1] ?? '')) &&
      !mailTag.test(text.slice(at + 1, at + 1 + longestMailTag));
    return { char: spaceSign ? ' ' : (text[at] ?? ''), length: 1 };
  }
  return { char: code < 0x660 && code !== 0xad ? (text[at] ?? '') : asciiOf(text[at] ?? '', code), length: 1 };
}

function asciiOf(char: string, code: number): string {
  if (code === 0xad || (code >= 0x200b && code <= 0x200f) || code === 0x2060 || code === 0xfeff) return '';
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  for (const zero of digitZeros) if (code >= zero && code < zero + 10) return String.fromCharCode(48 + code - zero);
  return char;
}
