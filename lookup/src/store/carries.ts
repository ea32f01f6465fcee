import { parseQuery } from '../query/parse.js';
import { QueryError } from '../query/query-error.js';
import { anyOf, attributeIs, toElastic } from '../query/to-elastic.js';
import { messageId, orderId } from '../story/names.js';
import type { Asked } from '../story/story.js';
import type { Query } from './search.js';

/**
 * What a span or record must have to be what was asked for. All fields of ids are keywords: a term is the whole id or nothing,
 * never a part of it.
 * @throws QueryError for an id that is longer than any, and for words that can't be understood
 */
export function carries(asked: Asked): Query {
  if (!('query' in asked || 'attribute' in asked)) for (const id of Object.values(asked)) refuseLong(id);
  if ('orderId' in asked) return { term: { [`attributes.${orderId}`]: asked.orderId } };
  if ('traceId' in asked) return { term: { trace_id: asked.traceId } };
  if ('spanId' in asked)
    return anyOf(['span_id', 'parent_span_id'].map((field) => ({ term: { [field]: asked.spanId } })));
  if ('messageId' in asked) {
    return anyOf(messageId.map((name) => ({ term: { [`attributes.${name}`]: asked.messageId } })));
  }
  return 'attribute' in asked ? attributeIs(asked.attribute, asked.value) : toElastic(parseQuery(asked.query));
}

/** Longer ids are not indexed (ignore_above of the templates). */
const mostOfId = 1_024;

function refuseLong(id: string): void {
  if (id.length <= mostOfId) return;
  throw new QueryError(`this has ${id.length} characters; an id has at most ${mostOfId}`, 1, id.length);
}
