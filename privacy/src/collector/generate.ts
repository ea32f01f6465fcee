import { policyMark } from '../mark.js';
import type { Policy } from '../schema.js';
import { hintLiterals } from './keys.js';
import { beforeDecoding, narrowing } from './normalise.js';
import { nothingOf, suspectNumber } from './nothing.js';
import { ordinaryAttributes, ordinaryText, pairStart, valueStart } from './ordinary.js';
import type { Rule } from './rule.js';
import { maskingRules } from './rules.js';

/** Where the generated part of a collector configuration begins and ends. */
export const beginMarker =
  '  # >>> generated from privacy/policy.yaml by: npm run redact -- --generate   (change the policy, not these lines)';
export const endMarker = '  # <<< generated from privacy/policy.yaml';

/** A telemetry context of the transform processor, and what of it is text beside the attributes. */
interface Place {
  readonly context: 'resource' | 'scope' | 'log' | 'span' | 'spanevent';
  readonly texts: readonly { path: string; name: string }[];
  /** Whether a batch has many of it, so that its cost counts. */
  readonly frequent: boolean;
}

const resource: Place = { context: 'resource', texts: [], frequent: false };
const scope: Place = {
  context: 'scope',
  frequent: false,
  texts: [
    { path: 'name', name: 'name' },
    { path: 'version', name: 'version' },
  ],
};
const log: Place = {
  context: 'log',
  frequent: true,
  texts: [
    { path: 'body', name: 'body' },
    { path: 'event_name', name: 'event_name' },
    { path: 'severity_text', name: 'severity_text' },
  ],
};
const span: Place = {
  context: 'span',
  frequent: true,
  texts: [
    { path: 'name', name: 'name' },
    { path: 'status.message', name: 'status' },
    { path: 'trace_state', name: 'state' },
  ],
};
const spanEvent: Place = { context: 'spanevent', texts: [{ path: 'name', name: 'name' }], frequent: true };

/**
 * The processors transform/suspect, transform/redact and transform/redacted as YAML, markers included. The first asks every
 * record cheap questions and carries the texts of the few suspects into their attributes; the second runs the rules on the
 * JSON of those, which holds keys, numbers, arrays and nested values alike; the third carries the texts back.
 */
export function generatedBlock(policy: Policy): string {
  const suspect = new Anchors('suspect');
  const lines = [
    beginMarker,
    '  # Every record is asked for literals of the policy, each by itself (Go finds a literal fast, an alternation slowly). A record with',
    '  # the mark of this policy was redacted in its process, checksums and all: of it only keys and prefixes are asked.',
    '  transform/suspect:',
    '    error_mode: ignore',
    ...signals((place) => suspectGroups(policy, place, suspect)),
    '  # Suspects only. The attributes are rewritten as JSON and read back; until that has succeeded the record is empty but for its ids',
    '  # and time, and marked redaction.failed: a statement that fails lets nothing through.',
    '  transform/redact:',
    '    error_mode: ignore',
    ...redactGroups(policy),
    '  # The texts of the suspects go back to their places.',
    '  transform/redacted:',
    '    error_mode: ignore',
    ...signals(restoreGroup),
    endMarker,
  ];
  return `${lines.join('\n')}\n`;
}

const isSuspect = 'attributes["redaction.suspect"] != nil';

/** YAML anchors: a long statement is written once. */
class Anchors {
  readonly #names = new Map<string, string>();
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  once(statement: string): string {
    const known = this.#names.get(statement);
    if (known) return `*${known}`;
    const name = `${this.#prefix}_${this.#names.size + 1}`;
    this.#names.set(statement, name);
    return `&${name} ${yamlText(statement)}`;
  }
}

function signals(groupOf: (place: Place) => string[]): string[] {
  const of = (places: readonly Place[]) => places.flatMap(groupOf);
  return [
    '    log_statements:',
    ...of([resource, scope, log]),
    '    trace_statements:',
    ...of([resource, scope, span, spanEvent]),
  ];
}

function group({ context }: Place, conditions: readonly string[], statements: readonly string[]): string[] {
  return [
    `      - context: ${context}`,
    ...(conditions.length > 0
      ? ['        conditions:', ...conditions.map((condition) => `          - ${condition}`)]
      : []),
    '        statements:',
    ...statements.map((statement) => `          - ${statement}`),
  ];
}

/** Two groups for what batches hold many of: the second asks only those that the first could not clear. */
function suspectGroups(policy: Policy, place: Place, anchors: Anchors): string[] {
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
  const paths = texts.map(({ path }) => path);
  const ordinaryTexts = policy.ordinary_keys.texts.map((key) => `attributes[${ottl(key)}]`);
  const lines = (parts: readonly string[]) => `Concat([${['""', ...parts, '""'].join(', ')}], "\\n")`;
  return [
    anchors.once(
      `set(cache["pairs"], Concat(["", ToKeyValueString(attributes, ${ottl(valueStart)}, ${ottl(pairStart)})], ${ottl(pairStart)}))`,
    ),
    anchors.once(`set(cache["ordinary"], true) where IsMatch(cache["pairs"], ${ottl(ordinaryAttributes(policy))})`),
    yamlText(`set(cache["some"], ${lines([...paths, ...ordinaryTexts])}) where cache["ordinary"] == true`),
    yamlText(`set(cache["some"], ${lines([...paths, 'cache["pairs"]'])}) where cache["ordinary"] == nil`),
    anchors.once('set(cache["small"], ToLowerCase(cache["some"]))'),
    anchors.once(
      `set(attributes["redaction.suspect"], true) where not (cache["ordinary"] == true and IsMatch(cache["small"], ${ottl(ordinaryText(policy))}) or ${without(...literals.map(escaped))} and (${markedOrdinary} and ${marked} or ${unmarked}))`,
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

function redactGroups(policy: Policy): string[] {
  const statements = redactStatements(policy).map((statement) => `          - ${yamlText(statement)}`);
  const condition = ['        conditions:', `          - '${isSuspect}'`];
  const body = (context: string, first: boolean) => [
    `      - context: ${context}`,
    ...condition,
    ...(first ? ['        statements: &redact', ...statements] : ['        statements: *redact']),
  ];
  return [
    '    log_statements:',
    ...['resource', 'scope', 'log'].flatMap((context, i) => body(context, i === 0)),
    '    trace_statements:',
    ...['resource', 'scope', 'span', 'spanevent'].flatMap((context) => body(context, false)),
  ];
}

function redactStatements(policy: Policy): string[] {
  const changed = 'where cache["changed"] == true';
  const mask = ottl(policy.mask);
  return [
    'delete_key(attributes, "redaction.suspect")',
    `set(cache["known"], true) where ${markIs(policy)}`,
    'set(cache["json"], String(attributes))',
    'set(cache["encoded"], true) where IsMatch(cache["json"], "%[0-9A-Fa-f]{2}")',
    ...beforeDecoding().map(statementOf),
    'set(cache["decoded"], URL(Concat(["http://host/", cache["json"]], ""))["url.path"]) where cache["encoded"] == true',
    'replace_pattern(cache["decoded"], "^/", "") where cache["decoded"] != nil',
    // Bytes that are no UTF-8 stay encoded.
    `set(cache["json"], cache["decoded"]) where IsString(cache["decoded"]) and not IsMatch(cache["decoded"], ${ottl('\\x{fffd}')})`,
    `set(cache["wide"], true) where IsMatch(cache["json"], ${ottl('[\\x{a0}\\x{ad}\\x{2000}-\\x{206f}\\x{feff}\\x{ff00}-\\x{ffef}]')})`,
    ...narrowing().map(statementOf),
    'set(cache["original"], cache["json"])',
    'set(cache["lower"], ToLowerCase(cache["json"]))',
    `set(cache["word"], true) where ${anyOf('lower', wordPatterns(policy, 'keys'))}`,
    `set(cache["context"], true) where cache["known"] == nil and (${anyOf('lower', wordPatterns(policy, 'context'))})`,
    `set(cache["digits"], true) where cache["known"] == nil and IsMatch(cache["json"], "[0-9](?:(?:%..|[^0-9\\n]){0,3}[0-9]){8}")`,
    `set(cache["codes"], true) where cache["known"] == nil and IsMatch(cache["json"], ${ottl(documentCodes)})`,
    ...maskingRules(policy).map(statementOf),
    'set(cache["changed"], true) where not IsString(cache["json"]) or cache["json"] != cache["original"]',
    `set(attributes["redaction.failed"], true) ${changed}`,
    `keep_keys(attributes, ["redaction.failed"]) ${changed}`,
    `set(attributes, ParseJSON(cache["json"])) ${changed}`,
    `set(cache["masked"], Len(Split(cache["json"], ${mask})) - Len(Split(cache["original"], ${mask}))) ${changed}`,
    // The process has counted before.
    `set(cache["masked"], cache["masked"] + Int(attributes["redaction.masked.count"])) ${changed} and attributes["redaction.masked.count"] != nil`,
    `set(attributes["redaction.masked.count"], cache["masked"]) ${changed} and attributes["redaction.failed"] == nil`,
  ];
}

function statementOf(rule: Rule): string {
  const replacement = rule.replacement.replaceAll('$', '$$$$').replace(/<(\d)>/g, '$${$1}');
  return `replace_pattern(cache["json"], ${ottl(rule.pattern)}, ${ottl(replacement)})${conditionOf(rule)}`;
}

/** A rule is run when the record was not redacted in its process, or needs no checksum, and when its text is worth it. */
function conditionOf({ needsChecksum, when }: Rule): string {
  const conditions: string[] = [];
  if (typeof when === 'string') conditions.push(`cache["${when}"] == true`);
  else if (when)
    conditions.push(
      `(${anyMatch(
        'json',
        when.map((hint) => escaped(hint.trim())),
      )})`,
    );
  if (needsChecksum && typeof when !== 'string') conditions.push('cache["known"] == nil');
  return conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
}

function anyMatch(field: string, patterns: readonly string[]): string {
  return [...new Set(patterns)].map((pattern) => `IsMatch(cache["${field}"], ${ottl(pattern)})`).join(' or ');
}

/** The same in fewer and slower expressions, for what is asked of suspects only: the collector takes long to read many. */
function anyOf(field: string, patterns: readonly string[]): string {
  const longest = 800;
  const joined: string[] = [];
  for (const pattern of new Set(patterns)) {
    const last = joined.at(-1);
    if (last !== undefined && last.length + pattern.length < longest) joined[joined.length - 1] = `${last}|${pattern}`;
    else joined.push(pattern);
  }
  return anyMatch(field, joined);
}

function restoreGroup(place: Place): string[] {
  const { texts } = place;
  if (texts.length === 0) return [];
  const carried = (name: string) => `attributes["carried.${name}"]`;
  return group(
    place,
    [yamlText(texts.map(({ name }) => `${carried(name)} != nil`).join(' or '))],
    [
      ...texts.map(({ path, name }) => `set(${path}, ${carried(name)}) where ${carried(name)} != nil`),
      'delete_matching_keys(attributes, "^carried[.]")',
    ].map(yamlText),
  );
}

function markIs(policy: Policy): string {
  return `attributes["redaction.policy"] == ${ottl(policyMark(policy))}`;
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

/** Listed keys and context words. An address of a machine is none: its value has no space and no capital. */
function wordPatterns(policy: Policy, ...of: ('keys' | 'context')[]): string[] {
  const words = of.flatMap((which) => hintLiterals(policy, which)).filter((word) => word !== 'address');
  return [...words, 'address(?:[^"]|":"[0-9a-z.:-]*[^0-9a-z.:"-])'];
}

/** Documents whose number has letters and fewer digits than others. */
const documentCodes =
  '(?:^|[^0-9A-Za-z._-]|[A-Za-z][._-])(?:[A-Z]{5}[0-9]{4}[A-Z]|[A-Z]{6}[0-9]{2}[A-Z]|[A-Z]{2}[ +]?[0-9]{2}[ +]?[0-9]{2}[ +]?[0-9]{2}[ +]?[A-D]|[XYZ]?-?[0-9]{7,8}-?[A-Z])';

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

function escaped(hint: string): string {
  return hint.replace(/[.?*+|(){}[\]^$]/g, '[$&]');
}

/** A string of OTTL; $ is doubled, since the collector expands it. */
function ottl(text: string): string {
  return JSON.stringify(text).replaceAll('$', '$$$$');
}

function yamlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
