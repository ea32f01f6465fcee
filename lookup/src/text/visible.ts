import stringWidth from 'string-width';

/**
 * Characters that move the cursor, change colours, reverse the reading direction or can't be seen: C0 and C1 controls
 * (ANSI escapes begin with one), format characters (bidirectional marks, zero width), line and paragraph separators,
 * private use and halves of surrogate pairs.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;
const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** No line on a screen is longer; what is cut here could be 5 MB, or thousands of marks upon one letter. */
const mostCharacters = 2_000;

/** Text from a record as it may be shown on a terminal: on one line, every unsafe character spelled out, cut. */
export function visible(text: string): string {
  const head = text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
  return head.replace(unsafe, (character) => named[character] ?? spelled(character));
}

function spelled(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u{${code}}`;
}

/** JSON with the same characters escaped: the document is the same, and a terminal shows it as text. */
export function safeJson(json: string): string {
  return json.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, (character) =>
    character === '\n' ? character : utf16Escape(character),
  );
}

function utf16Escape(character: string): string {
  return [...Array(character.length).keys()]
    .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
    .join('');
}

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  return isAscii(text) ? text.length : stringWidth(text);
}

/** The text if it has room, else as much as fits with an ellipsis in the last column. */
export function fit(text: string, width: number): string {
  if (width <= 0) return '';
  if (widthOf(text) <= width) return text;
  if (isAscii(text)) return `${text.slice(0, width - 1)}…`;
  let taken = '';
  let used = 0;
  for (const character of text) {
    const next = stringWidth(character);
    if (used + next > width - 1) break;
    taken += character;
    used += next;
  }
  return `${taken}…`;
}

/** The text with spaces after it up to a width. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Breaks a text at spaces into lines of a width; what does not fit into the last line is cut. */
export function wrap(text: string, width: number, mostLines: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (widthOf(rest) > width && lines.length < mostLines - 1) {
    const line = fit(rest, width + 1).slice(0, -1);
    const space = line.lastIndexOf(' ');
    const end = space > width / 2 ? space : line.length;
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...lines, fit(rest, width)];
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII begins with them
  return /^[\x00-\x7f]*$/.test(text);
}
