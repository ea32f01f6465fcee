/** A line of a key alone, up to its sign: indent, an item's dash, the key. */
const keyLine = /(?:^|\n)([ \t]{0,80})(?:- {1,3})?["']?[\p{L}\p{N}_.\- ]{1,64}["']?$/u;
const longestLineStart = 160;
/** What stands behind the sign when the value is on the lines below: nothing, or the mark of a text of several lines. */
const lineRest = /[ \t]{0,8}([|>][+-]?\d?[+-]?)?[ \t]{0,8}(?:#[^\n]{0,200})?\r?\n/y;
const item = /([ \t]{0,80})- {1,8}(?=\S)/y;
/** One word that is no key and no frame of a stack. */
const oneWord = /([ \t]{1,80})[^\s:{[]{1,400}[ \t]{0,8}(?=\r?\n|$)/y;

/**
 * The value of a key of YAML on the lines below it, without the first line's indent and dash: a text of several lines, a list, or
 * one word. Undefined where no value stands so.
 */
export function yamlBlock(text: string, sign: number, start: number): { start: number; end: number } | undefined {
  lineRest.lastIndex = start;
  const rest = lineRest.exec(text);
  if (!rest) return undefined;
  const key = keyLine.exec(text.slice(Math.max(0, sign - longestLineStart), sign));
  if (!key || (key.index === 0 && !key[0].startsWith('\n') && sign > longestLineStart)) return undefined;
  const indent = key[1]?.length ?? 0;
  const from = start + rest[0].length;
  if (rest[1] !== undefined) return deeperLines(text, from, indent + 1, 0);
  item.lastIndex = from;
  const first = item.exec(text);
  // A list may stand as far left as its key.
  if (first && (first[1]?.length ?? 0) >= indent)
    return deeperLines(text, from, first[1]?.length ?? 0, first[0].length);
  oneWord.lastIndex = from;
  const word = oneWord.exec(text);
  if (!word || (word[1]?.length ?? 0) <= indent) return undefined;
  return { start: from + (word[1]?.length ?? 0), end: from + word[0].trimEnd().length };
}

/**
 * The lines from here on that are indented so far at least.
 * @param lead how many signs of the first line are no part of the value; 0 for its indent
 */
function deeperLines(
  text: string,
  from: number,
  indent: number,
  lead: number,
): { start: number; end: number } | undefined {
  let end = from;
  for (let at = from; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const lineEnd = newline < 0 ? text.length : newline;
    let inner = at;
    while (inner < lineEnd && (text[inner] === ' ' || text[inner] === '\t')) inner++;
    const isItem = lead > 0 && inner - at === indent && !text.startsWith('- ', inner);
    if (inner < lineEnd && text[inner] !== '\r' && (inner - at < indent || isItem)) break;
    if (inner < lineEnd && text[inner] !== '\r') end = lineEnd;
    at = lineEnd + 1;
  }
  if (end === from) return undefined;
  let start = from + lead;
  while (lead === 0 && (text[start] === ' ' || text[start] === '\t' || text[start] === '\n' || text[start] === '\r'))
    start++;
  return { start, end: text[end - 1] === '\r' ? end - 1 : end };
}
