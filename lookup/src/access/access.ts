import { type Client, errors } from '@elastic/elasticsearch';
import type { Gap } from '../story/story.js';
import { datasetOf, systems } from './systems.js';

/** The account may read nothing at all. The message is one line. */
export class NoAccess extends Error {
  override name = 'NoAccess';
}

/**
 * Which systems the client's account may not read. Elasticsearch leaves what an account may not read out of a search with
 * wildcards without a word, so it is asked for the account's rights. What is stored plays no part in that, and so nothing
 * of it shows in the answer.
 * @throws NoAccess when it may read no system
 */
export async function accessGaps(client: Client): Promise<Gap[]> {
  const streams = systems.map((system) => ({
    system,
    logs: `logs-${datasetOf(system)}.otel-default`,
    traces: `traces-${datasetOf(system)}.otel-default`,
  }));
  const all = ['logs-*.otel-default', 'traces-*.otel-default'];
  const orders = ['logs-*.otel-orders'];
  const names = [...all, ...orders, ...streams.flatMap(({ logs, traces }) => [logs, traces])];
  const rights = await client.security
    .hasPrivileges({ index: [{ names, privileges: ['read'] }] })
    .catch(withoutSecurity);
  if (rights === undefined) return [];
  const mayRead = (name: string) => rights.index[name]?.read === true;
  if (all.every(mayRead)) return [];
  if (!names.some(mayRead)) {
    throw new NoAccess(
      `the account '${rights.username}' may not read the logs and traces of any system; it needs the role Support_Logs`,
    );
  }
  const lacking = (logs: boolean, traces: boolean) =>
    streams
      .filter((each) => mayRead(each.logs) !== logs && mayRead(each.traces) !== traces)
      .map(({ system }) => system);
  return [
    ...gap('the logs and traces', lacking(true, true)),
    ...gap('the logs', lacking(true, false)),
    ...gap('the traces', lacking(false, true)),
  ];
}

/** A server without security has no rights to ask for, and none that could be missing. */
function withoutSecurity(error: unknown): undefined {
  if (error instanceof errors.ResponseError && [400, 404, 405, 500].includes(error.statusCode ?? 0)) return undefined;
  throw error;
}

function gap(what: string, names: readonly string[]): Gap[] {
  if (names.length === 0) return [];
  return [{ kind: 'no-access', text: `no access to ${what} of ${names.join(', ')}: what these hold is missing` }];
}
