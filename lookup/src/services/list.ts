import type { Client, estypes } from '@elastic/elasticsearch';
import { accessGaps } from '../access/access.js';
import { errorsOnly } from '../search/histogram.js';
import { streams } from '../store/search.js';
import { pastShardStart } from '../store/shard-start.js';
import { shardsGap } from '../story/gaps.js';
import type { ServicesAnswer } from './services.js';

const mostServices = 500;

type Bucket = {
  key: string;
  doc_count: number;
  spans: { doc_count: number };
  errors: { doc_count: number };
  last: { value: number };
};

/** Which services wrote in a window, how much, and how many errors. */
export async function listServices(client: Client, from: Date, to?: Date): Promise<ServicesAnswer> {
  const [answer, access] = await pastShardStart(
    () =>
      Promise.all([
        client.search<unknown, { services: estypes.AggregationsStringTermsAggregate }>({
          index: streams,
          ignore_unavailable: true,
          size: 0,
          track_total_hits: false,
          query: { range: { '@timestamp': { gte: from.toISOString(), ...(to && { lte: to.toISOString() }) } } },
          aggregations: {
            services: {
              terms: { field: 'resource.attributes.service.name', size: mostServices, missing: 'unknown' },
              aggregations: {
                spans: { filter: { exists: { field: 'duration' } } },
                errors: { filter: errorsOnly },
                last: { max: { field: '@timestamp' } },
              },
            },
          },
        }),
        accessGaps(client),
      ]),
    ([{ _shards }]) => _shards.failed > 0,
  );
  const buckets = (answer.aggregations?.services.buckets ?? []) as unknown as Bucket[];
  const gaps = [...access, ...shardsGap(answer._shards.failed)];
  return {
    version: 1,
    from: from.toISOString(),
    to: (to ?? new Date()).toISOString(),
    services: buckets
      .map(({ key, doc_count: count, spans, errors, last }) => ({
        service: key,
        spans: spans.doc_count,
        records: count - spans.doc_count,
        errors: errors.doc_count,
        last: new Date(last.value).toISOString(),
      }))
      .sort((a, b) => (a.service < b.service ? -1 : 1)),
    verdict: buckets.length === 0 ? 'empty' : gaps.length > 0 ? 'partial' : 'whole',
    gaps,
  };
}
