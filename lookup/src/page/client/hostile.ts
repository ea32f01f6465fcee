/**
 * Characters that can't be seen, reverse the reading direction or belong to a terminal: controls (ANSI escapes begin with one),
 * format characters (bidirectional marks, zero width), separators, private use, halves of surrogate pairs.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;
const unsafeButLines = /[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]|(?![\n\t])\p{Cc}/gu;

/** A text from a record on one line, every such character spelled out: `\x1b`, `\u{202e}`. */
export function visible(text: string): string {
  return text.replace(unsafe, spelled);
}

/** The same, with its line ends and tabs kept. */
export function visibleLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(unsafeButLines, spelled);
}

function spelled(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  if (character === '\r') return '\\r';
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u{${code}}`;
}
