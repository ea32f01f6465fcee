import type { Client } from '@elastic/elasticsearch';
import { messageId, orderId } from '../story/names.js';
import type { Asked, Note } from '../story/story.js';
import { rangeOf, type SearchWindow } from './locate.js';
import { streams } from './search.js';

/** Elasticsearch makes an automaton of all ways to write it, and refuses one of about a thousand characters. */
const mostCompared = 200;

/** Where nothing was found: whether the id is known with other capitals. An id is found by all of it only, also by its case. */
export async function otherCase(client: Client, asked: Asked, window: SearchWindow): Promise<Note[]> {
  if (!('orderId' in asked) && !('messageId' in asked)) return [];
  const value = 'orderId' in asked ? asked.orderId : asked.messageId;
  if (value.length > mostCompared) return [];
  const names = 'orderId' in asked ? [orderId] : messageId;
  const fields = names.map((name) => `attributes.${name}`);
  const answer = await client.search({
    index: streams,
    ignore_unavailable: true,
    size: 1,
    _source: false,
    track_total_hits: false,
    docvalue_fields: fields,
    query: {
      bool: {
        filter: [rangeOf(window)],
        should: fields.map((field) => ({ term: { [field]: { value, case_insensitive: true } } })),
        minimum_should_match: 1,
      },
    },
  });
  const there = Object.values(answer.hits.hits[0]?.fields ?? {})
    .flat()
    .find((each) => String(each).toLowerCase() === value.toLowerCase());
  if (there === undefined) return [];
  return [{ kind: 'other-case', text: `there is ${there}, which differs by upper and lower case: ask for that one` }];
}
