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
  // Most accounts may read all of them: three names are asked for in a fraction of the time that the whole list takes.
  const all = await rightsTo(client, ['*']);
  if (all === undefined || kinds.every(({ stream }) => all.mayRead(stream('*')))) return [];
  const rights = await rightsTo(client, systems.map(datasetOf));
  if (rights === undefined) return [];
  const { names, mayRead } = rights;
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

interface Rights {
  readonly username: string;
  readonly names: readonly string[];
  mayRead(name: string): boolean;
}

/** What the account may read of the streams of these datasets; undefined for a server without security. */
async function rightsTo(client: Client, datasets: readonly string[]): Promise<Rights | undefined> {
  const names = datasets.flatMap((dataset) => kinds.map(({ stream }) => stream(dataset)));
  const answer = await client.security
    .hasPrivileges({ index: [{ names, privileges: ['read'] }] })
    .catch(withoutSecurity);
  if (answer === undefined) return undefined;
  return { username: answer.username, names, mayRead: (name) => answer.index[name]?.read === true };
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
