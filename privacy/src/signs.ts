/** Kinds of characters, as the cheap pass tells them apart. */
export const gap = 0;
export const digit = 1;
export const upper = 2;
export const lower = 3;
/** @ \ and %, and any sign from beyond the Latin, Greek, Cyrillic, Armenian and Hebrew scripts. */
export const signal = 4;
export const separator = 5;
export const quote = 6;

export const space = 32;
export const percent = 37;
export const plus = 43;
export const dash = 45;
export const dot = 46;
export const underscore = 95;

const kinds = new Uint8Array(0x660);
for (let code = 0; code < kinds.length; code++) kinds[code] = kindByForm(code);

function kindByForm(code: number): number {
  const char = String.fromCharCode(code);
  if (code >= 128) {
    if (code === 0xad) return signal;
    if (code === 0xa0) return gap;
    return code >= 0x400 && code <= 0x42f ? upper : lower;
  }
  if (/\d/.test(char)) return digit;
  if (/[A-Z]/.test(char)) return upper;
  if (/[a-z]/.test(char)) return lower;
  if (/[@%\\]/.test(char)) return signal;
  if (/['$]/.test(char)) return quote;
  return /[:;,"<>{}[\]|=_]/.test(char) ? separator : gap;
}

export function kindOf(code: number): number {
  return code < 0x660 ? (kinds[code] as number) : signal;
}

export function isAsciiLetter(code: number): boolean {
  const letter = code | 32;
  return letter >= 97 && letter <= 122;
}

export function isHexDigit(code: number): boolean {
  const letter = code | 32;
  return (code >= 48 && code <= 57) || (letter >= 97 && letter <= 102);
}
