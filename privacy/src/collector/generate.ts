import type { Policy } from '../schema.js';
import { beginMarker, sealed } from './markers.js';
import {
  beforeDecoding,
  endOfValue,
  escapedLetter,
  form,
  formSpaces,
  narrowing,
  queryValues,
  separator,
  unescaping,
} from './normalise.js';
import { Anchors, anyMatch, anyOf, escaped, ottl, withoutHighCounts, yamlText } from './ottl.js';
import { group, isSuspect, markIs, type Place } from './place.js';
import type { Rule } from './rule.js';
import { maskingRules } from './rules.js';
import { insertInText, sqlNumbers, sqlStrings } from './sql-literals.js';
import { suspectGroups, wordPatterns } from './suspect.js';

// The name of a text is no neutral word, such as status: that would spare the number it begins with.
const resource: Place = { context: 'resource', texts: [], frequent: false };
const scope: Place = {
  context: 'scope',
  frequent: false,
  texts: [
    { path: 'name', name: 'name' },
    { path: 'version', name: 'edition' },
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
    { path: 'status.message', name: 'said' },
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
    '  # Most records are told to hold nothing by two expressions that Go runs in one pass. The others are asked for literals of the policy,',
    '  # each by itself (Go finds a literal fast, an alternation slowly); one with the mark of this policy, which was redacted in its process,',
    '  # checksums and all, only for keys and prefixes.',
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
  ];
  return sealed(lines);
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
    ...sqlStrings(policy),
    'set(cache["json"], String(attributes))',
    'set(cache["encoded"], true) where IsMatch(cache["json"], "%[0-9A-Fa-f]{2}")',
    `set(cache["form"], true) where IsMatch(cache["json"], ${ottl(form)})`,
    statementOf(queryValues()),
    ...formSpaces().map(statementOf),
    ...beforeDecoding().map(statementOf),
    'set(cache["decoded"], URL(Concat(["http://host/", cache["json"]], ""))["url.path"]) where cache["encoded"] == true',
    'replace_pattern(cache["decoded"], "^/", "") where cache["decoded"] != nil',
    // Bytes that are no UTF-8 stay encoded.
    `set(cache["json"], cache["decoded"]) where IsString(cache["decoded"]) and not IsMatch(cache["decoded"], ${ottl('\\x{fffd}')})`,
    `set(cache["escaped"], true) where IsMatch(cache["json"], ${ottl(escapedLetter)})`,
    ...unescaping().map(statementOf),
    `set(cache["wide"], true) where IsMatch(cache["json"], ${ottl('[\\x{a0}\\x{ad}\\x{2000}-\\x{206f}\\x{feff}\\x{ff00}-\\x{ffef}]')})`,
    ...narrowing().map(statementOf),
    'set(cache["original"], cache["json"])',
    `replace_pattern(cache["original"], ${ottl(addedSigns)}, "") where IsMatch(cache["original"], ${ottl(addedSigns)})`,
    'set(cache["lower"], ToLowerCase(cache["json"]))',
    `set(cache["word"], true) where ${anyOf('lower', wordPatterns(policy, 'keys'))}`,
    'set(cache["nested"], true) where cache["known"] == nil and cache["word"] == true',
    `set(cache["context"], true) where cache["known"] == nil and (${anyOf('lower', wordPatterns(policy, 'context'))})`,
    `set(cache["insert"], true) where cache["known"] == nil and cache["word"] == true and IsMatch(cache["json"], ${ottl(insertInText)})`,
    `set(cache["digits"], true) where cache["known"] == nil and IsMatch(cache["json"], "[0-9](?:(?:%..|[^0-9\\n]){0,3}[0-9]){8}")`,
    `set(cache["numbers"], true) where cache["digits"] == true and IsMatch(cache["json"], ${ottl(numberInJson)})`,
    `set(cache["codes"], true) where cache["known"] == nil and IsMatch(cache["json"], ${ottl(documentCodes)})`,
    ...maskingRules(policy).map(statementOf),
    'set(cache["changed"], true) where not IsString(cache["json"]) or cache["json"] != cache["original"]',
    `set(attributes["redaction.failed"], true) ${changed}`,
    `keep_keys(attributes, ["redaction.failed"]) ${changed}`,
    `set(attributes, ParseJSON(cache["json"])) ${changed}`,
    `set(cache["masked"], Len(Split(cache["json"], ${mask})) - Len(Split(cache["original"], ${mask}))) ${changed}`,
    // The process has counted before.
    `set(cache["masked"], cache["masked"] + Int(attributes["redaction.masked.count"])) ${changed} and attributes["redaction.masked.count"] != nil`,
    ...sqlNumbers(policy),
    `set(attributes["redaction.masked.count"], cache["masked"]) ${changed} and attributes["redaction.failed"] == nil`,
  ];
}

function statementOf(rule: Rule): string {
  const replacement = rule.replacement.replaceAll('$', '$$$$').replace(/<(\d)>/g, '$${$1}');
  return `replace_pattern(cache["json"], ${ottl(withoutHighCounts(rule.pattern))}, ${ottl(replacement)})${conditionOf(rule)}`;
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

function restoreGroup(place: Place): string[] {
  const { texts } = place;
  if (texts.length === 0) return [];
  const carried = (name: string) => `attributes["carried.${name}"]`;
  return group(
    place,
    // The last of a place's texts is a text in every record, an empty one at the least: it is carried whenever another is.
    [yamlText(`${carried(texts.at(-1)?.name ?? '')} != nil`)],
    [
      ...texts.map(({ path, name }) => `set(${path}, ${carried(name)}) where ${carried(name)} != nil`),
      'delete_matching_keys(attributes, "^carried[.]")',
    ].map(yamlText),
  );
}

/** What normalising has added, and is no change. */
const addedSigns = `[${separator}${endOfValue}]`;

/** A number of JSON that is long enough to be told, or what looks like one in a string. */
const numberInJson = '(?:[^\\\\]":|[\\[,])-?[0-9]{9}';

/** Documents whose number has letters and fewer digits than others. */
const documentCodes =
  '(?:^|[^0-9A-Za-z._-]|[A-Za-z][._-])(?:[A-Z]{5}[0-9]{4}[A-Z]|[A-Z]{6}[0-9]{2}[A-Z]|[A-Z]{2}[ +]?[0-9]{2}[ +]?[0-9]{2}[ +]?[0-9]{2}[ +]?[A-D]|[XYZ]?-?[0-9]{7,8}-?[A-Z])';
