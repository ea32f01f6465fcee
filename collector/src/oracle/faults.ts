import { waitUntil } from '@hallmark/stack';
import { ask } from '../store.js';
import type { Fault } from './fault-proxy.js';
import type { Scene } from './scene.js';

export interface NamedFault {
  readonly name: string;
  /** Brings the fault about, waits until it has done its harm, and mends it. */
  play(scene: Scene): Promise<void>;
}

const patienceMs = 60_000;

/** Elasticsearch answers in a way that it should not. */
const answers: readonly (readonly [string, Fault])[] = [
  ['answers 401: its password was changed', { kind: 'status', status: 401 }],
  ['answers 413 to whole requests', { kind: 'status', status: 413 }],
  ['answers 429 to whole requests', { kind: 'status', status: 429 }],
  ['answers 500', { kind: 'status', status: 500 }],
  ['answers 503', { kind: 'status', status: 503 }],
  ['answers 429 to single documents', { kind: 'document status', status: 429 }],
  ['answers garbage', { kind: 'garbage' }],
  ['never answers', { kind: 'never' }],
  ['closes every connection', { kind: 'closed' }],
  ['stores, and its answers are lost', { kind: 'lost answer' }],
];

export const faults: readonly NamedFault[] = [
  ...answers.map(([name, fault]) => ({
    name: `Elasticsearch ${name}`,
    async play({ proxy, holdMs, holdAnswerMs }: Scene) {
      proxy.set(fault);
      await hold(fault.kind === 'never' ? holdMs : holdAnswerMs, () => proxy.met >= 2);
      proxy.set({ kind: 'none' });
    },
  })),
  {
    name: 'the stream is blocked for writing',
    async play({ admin, holdAnswerMs, stream }) {
      await settings(admin(), `/${stream}/_settings`, { index: { 'blocks.write': true } });
      await hold(holdAnswerMs);
      await settings(admin(), `/${stream}/_settings`, { index: { 'blocks.write': null } });
    },
  },
  {
    name: 'the collector is killed',
    async play({ collector }) {
      await collector().kill('SIGKILL');
      await collector().start();
    },
  },
  {
    name: 'the collector is stopped in order while Elasticsearch is away',
    async play({ collector, proxy, holdAnswerMs }) {
      proxy.set({ kind: 'closed' });
      await hold(holdAnswerMs, () => proxy.met >= 1);
      await collector().stop();
      await collector().start();
      proxy.set({ kind: 'none' });
    },
  },
  {
    name: 'Elasticsearch is read-only by its disk watermark',
    async play({ admin, stream }) {
      const disk = 'cluster.routing.allocation.disk';
      // More free space than any disk has: the server itself finds the disk too full and blocks its indices.
      const marks = Object.fromEntries(
        ['low', 'high', 'flood_stage'].map((mark) => [`${disk}.watermark.${mark}`, '1pb']),
      );
      const isBlocked = async () =>
        (await (await ask(admin(), 'GET', `/${stream}/_settings`)).text()).includes('read_only_allow_delete');
      await settings(admin(), '/_cluster/settings', {
        persistent: { ...marks, [`${disk}.threshold_enabled`]: true, 'cluster.info.update.interval': '10s' },
      });
      if (!(await waitUntil(isBlocked, { timeoutMs: patienceMs }))) throw new Error('the watermark blocked nothing');
      await settings(admin(), '/_cluster/settings', { persistent: { [`${disk}.watermark.*`]: null } });
      if (!(await waitUntil(async () => !(await isBlocked()), { timeoutMs: patienceMs })))
        throw new Error('still blocked');
      await settings(admin(), '/_cluster/settings', {
        persistent: { [`${disk}.*`]: null, 'cluster.info.update.interval': null },
      });
    },
  },
  {
    name: 'Elasticsearch is killed and away',
    async play({ elasticsearch, holdMs }) {
      await elasticsearch().kill('SIGKILL');
      await hold(holdMs);
      await elasticsearch().start();
    },
  },
  {
    name: 'Elasticsearch is restarted in the middle of a request',
    async play({ elasticsearch, proxy }) {
      proxy.set({ kind: 'half' });
      await hold(0, () => proxy.met >= 1);
      await elasticsearch().stop();
      proxy.set({ kind: 'none' });
      await elasticsearch().start();
    },
  },
];

/** Lets a fault last: at least this long, and until it has met what it is for. */
async function hold(forMs: number, hasMet: () => boolean = () => true): Promise<void> {
  const endsAt = Date.now() + forMs;
  const isOver = await waitUntil(() => Date.now() >= endsAt && hasMet(), { timeoutMs: patienceMs + forMs });
  if (!isOver) throw new Error('the fault met no request');
}

async function settings(admin: string, path: string, body: object): Promise<void> {
  const response = await ask(admin, 'PUT', path, body);
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
}
