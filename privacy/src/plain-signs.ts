import type { Shadow } from './shadow.js';

const unusual = /[\u00a0\u1680\u2000-\u200a\u2010-\u2015\u202f\u205f\u2212\u3000]/;
const spaces = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
/** Hyphens, and a dash or minus between digits; in a sentence a dash is another sign. */
const hyphens = /[\u2010-\u2012]|(?<=[\d)])[\u2013-\u2015\u2212](?=[\d(])/g;

/** A shadow with plain spaces and hyphens in the place of those that don't break a line or have another width: as long as before. */
export function withPlainSigns(shadow: Shadow): Shadow {
  const { text } = shadow;
  return unusual.test(text) ? { ...shadow, text: text.replace(spaces, ' ').replace(hyphens, '-') } : shadow;
}
