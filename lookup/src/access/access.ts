import { type Client, errors } from '@elastic/elasticsearch';
import type { Gap } from '../story/story.js';
import { datasetOf, systems } from './systems.js';

/** The account may read nothing at all. The message is one line. */
export class NoAccess extends Error {
  override name = 'NoAccess';
}

/** The streams of a system; events of orders have a namespace of their own, since roles are by stream. */
const kinds = [
  { what: 'logs', stream: (dataset: string) => `logs-${dataset}.otel-default` },
  { what: 'events of orders', stream: (dataset: string) => `logs-${dataset}.otel-orders` },
  { what: 'traces', stream: (dataset: string) => `traces-${dataset}.otel-default` },
];

/**
 * Which systems the client's account may not read. Elasticsearch leaves what an account may not read out of a search with
 * wildcards without a word, so it is asked for the account's rights. What is stored plays no part in that, and so nothing
 * of it shows in the answer.
 * @throws NoAccess when it may read no system
 */
export async function accessGaps(client: Client): Promise<Gap[]> {
  const names = ['*', ...systems.map(datasetOf)].flatMap((dataset) => kinds.map(({ stream }) => stream(dataset)));
  const rights = await client.security
    .hasPrivileges({ index: [{ names, privileges: ['read'] }] })
    .catch(withoutSecurity);
  if (rights === undefined) return [];
  const mayRead = (name: string) => rights.index[name]?.read === true;
  if (kinds.every(({ stream }) => mayRead(stream('*')))) return [];
  if (!names.some(mayRead)) {
    throw new NoAccess(
      `the account '${rights.username}' may not read the logs and traces of any system; it needs the role Support_Logs`,
    );
  }
  const closedOf = (system: string) =>
    kinds.filter(({ stream }) => !mayRead(stream(datasetOf(system)))).map(({ what }) => what);
  const byClosed = Map.groupBy(systems, (system) => joined(closedOf(system)));
  return [...byClosed]
    .filter(([closed]) => closed !== '')
    .map(([closed, which]) => ({
      kind: 'no-access',
      text: `no access to the ${closed} of ${which.join(', ')}: what these hold is missing`,
    }));
}

/** Whether Elasticsearch refused because of the account's rights. */
export function isRefusal(error: unknown): boolean {
  return error instanceof NoAccess || (error instanceof errors.ResponseError && error.statusCode === 403);
}

/** A server without security has no rights to ask for, and none that could be missing. */
function withoutSecurity(error: unknown): undefined {
  if (error instanceof errors.ResponseError && [400, 404, 405].includes(error.statusCode ?? 0)) return undefined;
  throw error;
}

function joined(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
