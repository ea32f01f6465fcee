/** `1 story`, `2,000 stories`. */
export function plural(number: number, noun: string): string {
  const many = /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${count(number)} ${number === 1 ? noun : many}`;
}

export function count(number: number): string {
  return number.toLocaleString('en-US');
}
