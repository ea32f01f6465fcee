import type { Policy } from '../schema.js';
import { hintLiterals } from './keys.js';
import { bodyOfMap, camelArgument, nothingOf, suspectNumber } from './nothing.js';
import { ordinaryAttributes, ordinaryText, pairStart, sqlWithoutValues, uuid, valueStart } from './ordinary.js';
import { type Anchors, anyMatch, anyOf, escaped, ottl, yamlText } from './ottl.js';
import { group, isSuspect, markIs, type Place } from './place.js';
import { machines } from './rule.js';
import { wordExcept } from './word-except.js';

/** Two groups for what batches hold many of: the second asks only those that the first could not clear. */
export function suspectGroups(policy: Policy, place: Place, anchors: Anchors): string[] {
  const ask = askStatements(policy, place, anchors);
  if (!place.frequent) return group(place, [], ask);
  return [
    ...group(place, [], clearStatements(policy, place, anchors)),
    ...group(place, [`'${isSuspect}'`], ['delete_key(attributes, "redaction.suspect")', ...ask]),
  ];
}

/**
 * Most records hold nothing, and that is told by a few expressions that Go runs in one pass: one for all keys and plain values, the
 * others for what is text, which of an ordinary record is little.
 */
function clearStatements(policy: Policy, { texts }: Place, anchors: Anchors): string[] {
  const { literals, prefixes, words, withoutInnerKeys, withoutNumbers, prefixesWithDigits, streetEndings } =
    nothingOf(policy);
  const all = (field: string, patterns: readonly string[], not = '') =>
    patterns.map((pattern) => `${not}IsMatch(cache["${field}"], ${ottl(pattern)})`).join(' and ');
  const without = (...patterns: readonly string[]) => all('some', patterns, 'not ');
  const noPrefix = without(...prefixesWithDigits.map(escaped));
  const noNumber = without(suspectNumber, ...streetEndings);
  const unmarked = `${all('small', words)} and ${all('some', [withoutInnerKeys])} and (${all('some', [withoutNumbers])} or ${noPrefix} and ${noNumber})`;
  const marked = `${all('small', prefixes)} and (${all('some', [withoutNumbers])} or ${noPrefix})`;
  const markedOrdinary = `cache["ordinary"] == true and ${markIs(policy)}`;
  const ordinary = `cache["ordinary"] == true and IsMatch(cache["small"], ${ottl(ordinaryText(policy))})`;
  const paths = texts.map(({ path }) => path);
  const isSql = (key: string) => policy.sql_keys.includes(key);
  const ordinaryTexts = policy.ordinary_keys.texts.map((key) => `${isSql(key) ? 'cache' : 'attributes'}[${ottl(key)}]`);
  const lines = (parts: readonly string[]) => `Concat([${['""', ...parts, '""'].join(', ')}], "\\n")`;
  return [
    anchors.once(
      `set(cache["pairs"], Concat(["", ToKeyValueString(attributes, ${ottl(valueStart)}, ${ottl(pairStart)})], ${ottl(pairStart)}))`,
    ),
    anchors.once(`set(cache["ordinary"], true) where IsMatch(cache["pairs"], ${ottl(ordinaryAttributes(policy))})`),
    // SQL without values is left out of what is looked at.
    ...policy.ordinary_keys.texts
      .filter(isSql)
      .map((key) =>
        anchors.once(
          `set(cache[${ottl(key)}], attributes[${ottl(key)}]) where cache["ordinary"] == true and not IsMatch(attributes[${ottl(key)}], ${ottl(sqlWithoutValues)})`,
        ),
      ),
    yamlText(`set(cache["some"], ${lines([...paths, ...ordinaryTexts])}) where cache["ordinary"] == true`),
    yamlText(`set(cache["some"], ${lines([...paths, 'cache["pairs"]'])}) where cache["ordinary"] == nil`),
    anchors.once('set(cache["small"], ToLowerCase(cache["some"]))'),
    anchors.once(`set(cache["plain"], true) where ${ordinary}`),
    anchors.once(`replace_pattern(cache["small"], ${ottl(uuid)}, "") where cache["plain"] == nil`),
    anchors.once(
      `set(attributes["redaction.suspect"], true) where cache["plain"] == nil and not (${ordinary} or ${without(bodyOfMap, camelArgument, ...literals.map(escaped))} and (${markedOrdinary} and ${marked} or ${unmarked}))`,
    ),
  ];
}

/** Every text is asked for the literals of the policy; a suspect's texts are carried into its attributes. */
function askStatements(policy: Policy, { texts, frequent }: Place, anchors: Anchors): string[] {
  const flag = 'set(cache["suspect"], true)';
  const suspect = 'where cache["suspect"] == true';
  const open = 'cache["suspect"] == nil';
  const paths = texts.map(({ path }) => path);
  const any = frequent ? anyMatch : anyOf;
  return [
    // A key that a hostile sender wrote twice: JSON shows the last of them only, so the others go.
    anchors.once('set(cache["all"], attributes)'),
    anchors.once('set(cache["unique"], ParseJSON("{}"))'),
    anchors.once('merge_maps(cache["unique"], cache["all"], "upsert")'),
    anchors.once('set(attributes, cache["unique"])'),
    anchors.once(`set(cache["known"], true) where ${markIs(policy)}`),
    yamlText(`set(cache["text"], Concat([${['attributes', ...paths].join(', ')}], "\\n"))`),
    anchors.once(`${flag} where not IsString(cache["text"]) or ${any('text', prefixPatterns(policy))}`),
    // Of a record that was redacted in its process, the keys are asked; of any other the whole text.
    anchors.once(`set(cache["words"], ToLowerCase(String(Keys(attributes)))) where ${open} and cache["known"] == true`),
    anchors.once(`set(cache["words"], ToLowerCase(cache["text"])) where ${open} and cache["known"] == nil`),
    anchors.once(`${flag} where cache["words"] != nil and (${any('words', wordPatterns(policy, 'keys', 'context'))})`),
    anchors.once(`${flag} where ${open} and cache["known"] == nil and (${any('text', valuePatterns(policy))})`),
    anchors.once(`set(attributes["redaction.suspect"], true) ${suspect}`),
    ...texts.flatMap(({ path, name }) => [
      yamlText(`set(attributes["carried.${name}"], ${path}) ${suspect}`),
      yamlText(`set(${path}, "") ${suspect}`),
    ]),
  ];
}

/** What is asked of every record: the prefixes of tokens and credentials. */
function prefixPatterns(policy: Policy): string[] {
  const schemes = ['earer[ %+]', 'BEARER', 'asic[ %+]', 'igest[ %+]', '://[^/"\\\\ ]*@'];
  return [
    ...hintLiterals(
      only(policy, (name) => name !== 'address'),
      'forms',
    ).map(escaped),
    ...schemes,
  ];
}

/** A value, up to its first groups, that is no IP address. */
const noIpAddress = '(?:[^0-9"]|[0-9]{1,3}(?:[^0-9.]|[.](?:[^0-9]|[0-9]{1,3}[^0-9.]))|[0-9]{4})';

/** Listed keys and context words. An address of a machine is none: its key says so and its value has no space, or it is an IP address. */
export function wordPatterns(policy: Policy, ...of: ('keys' | 'context')[]): string[] {
  const words = of.flatMap((which) => hintLiterals(policy, which)).filter((word) => word !== 'address');
  return [
    ...words,
    'address(?:[^"]|"(?:[^:]|:(?:[^"]|"[0-9a-z.:-]*[^0-9a-z.:"-])))',
    `(?:"|[^a-z]${wordExcept(machines)}[ _.-]?)address":"${noIpAddress}`,
    // The name of an argument, and of a value that stands in another field.
    '(?:-|:[ ]?")[^" ]{0,60}address"',
  ];
}

/** Numbers, mail, encodings, addresses: what a checksum or a form decides. */
function valuePatterns(policy: Policy): string[] {
  const numbers = ['@', '%', '\\\\u0', '\\\\[nrt][0-9A-Z(+]', '\\x{a0}', '\\x{ad}', '[^\\x00-\\x{65f}]'];
  return [
    ...numbers,
    ...hintLiterals(
      only(policy, (name) => name === 'address'),
      'forms',
    ).map(escaped),
    suspectNumber,
  ];
}

function only(policy: Policy, wanted: (name: string) => boolean): Policy {
  const picked = (kinds: Policy['kinds']) => Object.fromEntries(Object.entries(kinds).filter(([name]) => wanted(name)));
  return { ...policy, kinds: picked(policy.kinds), own: picked(policy.own) };
}
