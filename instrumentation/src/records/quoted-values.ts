/**
 * Words before the name of something of the schema, which stays: `relation "rings"`, `for key 'email'`, `user "shop"`.
 * PostgreSQL's and MySQL's messages quote values in the same way.
 */
const NAMED =
  /\b(?:relation|column|reference|constraint|index|table|view|sequence|function|operator|type|database|schema|role|user|key|parameter|extension|language|cursor|statement|savepoint|trigger|enum|attribute|publication|entry for|of)\s+$/i;
/** To the last quote of the message: the value may hold quotes of its own. */
const LAST_VALUE = /: "[\s\S]*"$/;
const QUOTED = /(?<=^|[\s(:=,])(?:"[^"]*"|'[^']*')/g;

/** Replaces the values that a database quotes in the message of an error by `?`: `invalid input syntax for type integer: "?"`. */
export function maskQuotedValues(message: string): string {
  return message.replace(LAST_VALUE, ': "?"').replaceAll(QUOTED, (quoted: string, at: number, whole: string) => {
    if (NAMED.test(whole.slice(Math.max(0, at - 40), at))) return quoted;
    return `${quoted[0]}?${quoted[0]}`;
  });
}
