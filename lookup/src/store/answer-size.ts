import { type Client, errors, type estypes } from '@elastic/elasticsearch';

/** What one answer of Elasticsearch may weigh before it is asked for in smaller pieces; in bytes. */
export const mostAnswerBytes = 4 * 1024 * 1024;

/**
 * A search whose answer is not read further than `mostAnswerBytes`: undefined where it is bigger, ask for fewer documents then. A single
 * document is read whatever it weighs: the collector takes none above 4 MiB.
 */
export async function searchWithin<A>(
  client: Client,
  request: estypes.SearchRequest & { readonly size: number },
): Promise<estypes.SearchResponse<unknown, A> | undefined> {
  try {
    return await client.search<unknown, A>(request, request.size > 1 ? { maxResponseSize: mostAnswerBytes } : {});
  } catch (error) {
    if (error instanceof errors.RequestAbortedError && error.message.includes('content length')) return undefined;
    throw error;
  }
}

/** How many to ask for when an answer with `size` documents was too big. */
export function fewerThan(size: number): number {
  return Math.max(1, Math.floor(size / 4));
}
