import { limits } from '../settings/limits.js';

/** String, dollar-quoted and number literals of SQL; quoted identifiers and parameters ($1) are matched to be kept. */
const TOKENS =
  /("(?:[^"]|"")*"|\$\d+)|(?:\b[eEbBxXnN])?'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|\$([A-Za-z_]*)\$[\s\S]*?(?:\$\2\$|$)|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|(?<![\w$.])[-+]?(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![\w$])/g;

const masked = new Map<string, string>();
const MOST_REMEMBERED = 500;

/**
 * Replaces each literal of a statement by `?` and removes comments (they may carry values too). Statements with parameters
 * pass unchanged, so that most texts are masked once and then remembered.
 */
export function maskLiterals(statement: string): string {
  const known = masked.get(statement);
  if (known !== undefined) return known;
  const result = statement
    .slice(0, limits.attributeChars)
    .replaceAll(TOKENS, (token, kept: string | undefined) => {
      if (kept !== undefined) return token;
      return token.startsWith('--') || token.startsWith('/*') ? '' : '?';
    })
    .trim();
  if (masked.size >= MOST_REMEMBERED) masked.clear();
  masked.set(statement, result);
  return result;
}

/** The statement's verb: `SELECT`, `INSERT` … in capitals, the INSERT of a `WITH …` query not looked for. */
export function operationName(statement: string): string {
  return /^[\s(]*([A-Za-z]+)/.exec(statement)?.[1]?.toUpperCase() ?? 'UNKNOWN';
}
