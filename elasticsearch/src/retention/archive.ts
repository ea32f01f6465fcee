import { ElasticsearchError, request } from '../client.js';
import { repository } from './lifecycle.js';

/** Registers a folder of the server (below its `path.repo`) as the repository that `archive: true` puts snapshots into. */
export async function makeArchive(url: string, folder: string): Promise<void> {
  await request(url, 'PUT', `/_snapshot/${repository}`, { type: 'fs', settings: { location: folder } });
}

interface Snapshot {
  readonly snapshot: string;
  readonly state: string;
}

/**
 * Puts an index into the repository, once: in a snapshot of its name without the dot, or, where one of that name has failed, with a number
 * behind it. A large one takes longer than an answer may; a later round finds it complete.
 * @throws {ElasticsearchError} while there is no complete one
 */
export async function archive(url: string, index: string): Promise<void> {
  const name = index.replace(/^\./, '').toLowerCase();
  const there = `/_snapshot/${repository}/${name},${name}-*?ignore_unavailable=true`;
  const { snapshots } = (await request(url, 'GET', there)) as { snapshots: readonly Snapshot[] };
  const inState = (state: string) => snapshots.find((each) => each.state === state)?.snapshot;
  if (inState('SUCCESS')) return;
  const running = inState('IN_PROGRESS');
  if (running) throw new ElasticsearchError(`the snapshot ${running} is not finished yet`);
  const next = snapshots.length === 0 ? name : `${name}-${snapshots.length + 1}`;
  const body = { indices: index, include_global_state: false };
  const path = `/_snapshot/${repository}/${next}?wait_for_completion=true`;
  const { snapshot } = (await request(url, 'PUT', path, body)) as { snapshot?: Snapshot };
  if (snapshot?.state !== 'SUCCESS') throw new ElasticsearchError(`the snapshot ${next} is ${snapshot?.state}`);
}
