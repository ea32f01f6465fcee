import type { Client } from '@elastic/elasticsearch';
import { textOf } from '../story/attributes.js';
import { orderId } from '../story/names.js';
import type { Attributes } from '../story/story.js';
import { isoTime } from '../story/times.js';
import { readDocument } from './documents.js';
import { streams, totalOf } from './search.js';
import { pastShardStart } from './shard-start.js';

export interface FoundRecord {
  readonly time: string;
  readonly service: string;
  readonly severity: string;
  readonly severityNumber: number;
  readonly eventName?: string;
  readonly body: string;
  readonly traceId?: string;
  readonly orderId?: string;
  readonly attributes: Attributes;
}

export interface FoundRecords {
  readonly version: 1;
  readonly words: string;
  readonly since: string;
  /** How many records have all the words. */
  readonly total: number;
  /** The newest of them, the newest first. */
  readonly records: readonly FoundRecord[];
}

/** The message, and what an exception said: words may stand in either. */
const fields = ['body.text', 'attributes.exception.message'];

/** The newest records that have all of the words in their message or their exception's. */
export async function searchWords(client: Client, words: string, since: Date, limit: number): Promise<FoundRecords> {
  const answer = await pastShardStart(() =>
    client.search({
      index: streams.filter((stream) => stream.startsWith('logs-')),
      ignore_unavailable: true,
      size: limit,
      track_total_hits: true,
      sort: [{ '@timestamp': { order: 'desc', numeric_type: 'date_nanos', unmapped_type: 'date_nanos' } }],
      query: {
        bool: {
          filter: [{ range: { '@timestamp': { gte: since.toISOString() } } }],
          must: [{ multi_match: { query: words, type: 'cross_fields', operator: 'and', fields } }],
        },
      },
    }),
  );
  const records = answer.hits.hits.map((hit) => readDocument(hit)).filter((document) => document.type === 'record');
  return {
    version: 1,
    words,
    since: since.toISOString(),
    total: totalOf(answer.hits.total),
    records: records.map((record) => {
      const order = textOf(record.attributes, orderId);
      return {
        time: isoTime(record.timeMs),
        service: record.service,
        severity: record.severity,
        severityNumber: record.severityNumber,
        ...(record.eventName !== undefined && { eventName: record.eventName }),
        body: record.body,
        ...(record.traceId !== undefined && { traceId: record.traceId }),
        ...(order !== undefined && { orderId: order }),
        attributes: record.attributes,
      };
    }),
  };
}
