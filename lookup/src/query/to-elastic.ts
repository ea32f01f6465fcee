import type { estypes } from '@elastic/elasticsearch';
import { fields, levels } from './fields.js';
import type { Condition } from './parse.js';
import type { Comparison } from './tokens.js';

type Query = estypes.QueryDslQueryContainer;

/** Where words are looked for: the message, and what an exception, a message's content or an order's parameters say. */
const textFields = [
  'body.text',
  'attributes.exception.message',
  'attributes.message.content',
  'attributes.order.parameters',
  'attributes.attributes_text',
];

/** What is pasted into a search box is often an id: each is found as a whole, and never by a part of it. */
const idFields = [
  'attributes.order.id',
  'trace_id',
  'span_id',
  'attributes.messaging.message.id',
  'attributes.customer.id',
  'attributes.user.id',
  'attributes.file.id',
  'event_name',
  'name',
];

/** All conditions, joined by and; scores play no part, the newest come first. */
export function toElastic(conditions: readonly Condition[]): Query {
  const wanted = conditions.filter(({ negated }) => !negated).map(queryOf);
  const unwanted = conditions.filter(({ negated }) => negated).map(queryOf);
  return { bool: { filter: wanted, must_not: unwanted } };
}

/**
 * A span, record or resource that has an attribute with exactly this value: all of it where the attribute is a keyword or a
 * number, all its words in this order where it is indexed by words.
 */
export function attributeIs(name: string, value: string): Query {
  // `lenient`: a text that is no number is no match for a number, and no error.
  return { multi_match: { query: value, fields: attributePaths(name), type: 'phrase', lenient: true } };
}

export function anyOf(queries: readonly Query[]): Query {
  const [only, ...others] = queries;
  return only && others.length === 0 ? only : { bool: { should: [...queries], minimum_should_match: 1 } };
}

function attributePaths(name: string): string[] {
  return [`attributes.${name}`, `resource.attributes.${name}`];
}

function queryOf(condition: Condition): Query {
  switch (condition.kind) {
    case 'words':
      return words(condition.text, condition.phrase);
    case 'text':
      return text(condition);
    case 'number':
      return anyOf(fields[condition.field].paths.map((path) => range(path, condition.comparison, condition.value)));
    case 'level':
      return level(condition.comparison, levels[condition.level]);
    case 'span-status':
      return spanStatus(condition.value);
    case 'attribute':
      return condition.comparison === ':'
        ? attributeIs(condition.name, condition.value)
        : anyOf(attributePaths(condition.name).map((path) => range(path, condition.comparison, condition.value)));
  }
}

/** A word with signs in it (`ORD-7`, `timeout=5`) is several to Elasticsearch: they must stand together. */
function words(value: string, phrase: boolean): Query {
  const together = phrase || /[^\p{L}\p{N}]/u.test(value);
  return anyOf([
    { multi_match: { query: value, fields: textFields, type: together ? 'phrase' : 'best_fields', lenient: true } },
    ...idFields.map((field) => ({ term: { [field]: value } })),
  ]);
}

function text({ field, value, phrase }: Condition & { kind: 'text' }): Query {
  const { kind, paths } = fields[field];
  if (kind === 'words') {
    return anyOf(
      paths.map((path) => ({
        [phrase ? 'match_phrase' : 'match']: { [path]: { query: value, ...(!phrase && { operator: 'and' }) } },
      })),
    );
  }
  if (kind === 'path') return anyOf(paths.map((path) => ({ prefix: { [path]: value } })));
  return anyOf(paths.map((path) => ({ term: { [path]: value } })));
}

/** A level reaches up to the next one: `level:error` is 17 to 20. */
function level(comparison: Comparison, lowest: number): Query {
  const bounds = {
    ':': { gte: lowest, lt: lowest + 4 },
    '>': { gte: lowest + 4 },
    '>=': { gte: lowest },
    // 0 is a record without a severity.
    '<': { gte: 1, lt: lowest },
    '<=': { gte: 1, lt: lowest + 4 },
  }[comparison];
  const spans: Query[] = isErrorLevel(comparison, lowest) ? [{ term: { 'status.code': 'Error' } }] : [];
  return anyOf([{ range: { severity_number: bounds } }, ...spans]);
}

/** A span that failed counts as an error. */
function isErrorLevel(comparison: Comparison, lowest: number): boolean {
  if (comparison === ':') return lowest === levels.error;
  return (comparison === '>=' && lowest <= levels.error) || (comparison === '>' && lowest < levels.error);
}

/**
 * Instrumentations leave the status of what went well Unset, and set Ok only on purpose (OpenTelemetry trace API, "Set Status"): who
 * asks for ok wants what did not fail. `unset` is what nobody set.
 */
function spanStatus(value: 'ok' | 'error' | 'unset'): Query {
  const failed: Query = { term: { 'status.code': 'Error' } };
  if (value === 'error') return failed;
  const must_not = value === 'ok' ? [failed] : [failed, { term: { 'status.code': 'Ok' } }];
  return { bool: { filter: [{ exists: { field: 'duration' } }], must_not } };
}

function range(path: string, comparison: Comparison, value: number): Query {
  const bound = {
    ':': { gte: value, lte: value },
    '>': { gt: value },
    '>=': { gte: value },
    '<': { lt: value },
    '<=': { lte: value },
  };
  return { range: { [path]: bound[comparison] } };
}
