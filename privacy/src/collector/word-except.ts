/** An expression for a word of small letters that is none of these. */
export function wordExcept(words: readonly string[]): string {
  const letters = [...new Set(words.map((word) => word[0] ?? '').filter((letter) => letter !== ''))].sort();
  const other = letters.length > 0 ? `[^\\P{Ll}${letters.join('')}]` : '\\p{Ll}';
  const branches = letters.map((letter) => {
    const rests = words.filter((word) => word[0] === letter).map((word) => word.slice(1));
    const ends = rests.includes('') ? '' : '?';
    return `${letter}(?:${wordExcept(rests)})${ends}`;
  });
  return `(?:${[...branches, `${other}\\p{Ll}*`].join('|')})`;
}
