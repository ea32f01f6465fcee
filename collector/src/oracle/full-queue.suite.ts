import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from '@hallmark/stack';
import { type Ledger, openLedger } from './ledger.js';
import { wrongWith } from './play.js';
import { restartWith } from './restart.js';
import type { Scene } from './scene.js';
import { mountSmallDisk } from './small-disk.js';

/** The smallest that the collector takes: one batch (`min_size`) must fit. Unit: bytes. */
const smallQueue = '600000';
/** Room for the queues of logs, traces and metrics, and a little. */
const smallDiskMiB = 18;
const queueFiles = 3;
const reservedBytes = 4_000_000;
const patienceMs = 60_000;
const sendersAtOnce = 40;
const mostRequests = 20_000;
const unavailable = 503;

export function describeFullQueue(scene: () => Scene): void {
  it('and every sender is told at once when the queue is full', async () => {
    await withEnvironment({ QUEUE_SIZE: smallQueue }, async () => {
      const ledger = await filled(openLedger(scene()));
      // A sender that is made to wait would be seen as a request without an answer.
      const answers = await Promise.all(Array.from({ length: sendersAtOnce }, () => ledger.send()));
      assert.ok(answers.includes(unavailable));
      assert.deepEqual(
        answers.filter((status) => status !== unavailable && status !== 200),
        [],
      );
      await Promise.all([drained(ledger), isCounted()]);
    });
  });

  it('and nothing is lost when the disk of the queue is full, also when the collector is killed then', async () => {
    const disk = await mountSmallDisk(scene().stack.run, smallDiskMiB);
    const changes = {
      QUEUE_DIR: disk.folder,
      QUEUE_SIZE: String(reservedBytes / 4),
      QUEUE_RESERVE: String(reservedBytes),
      QUEUE_COMPACTION: 'false',
    };
    await withEnvironment(changes, async () => {
      assert.ok(await waitUntil(() => isReserved(disk.folder), { timeoutMs: patienceMs }));
      await disk.fill();
      const ledger = await filled(openLedger(scene()));
      const answers = await Promise.all(Array.from({ length: sendersAtOnce }, () => ledger.send()));
      assert.ok(answers.includes(unavailable));
      await scene().collector().kill('SIGKILL');
      await scene().collector().start();
      await drained(ledger);
    });
    await disk.unmount();
  });

  /** What was refused stands in `npm run stack -- status`; the relay looks every 10 s. */
  async function isCounted(): Promise<void> {
    const status = scene().stack.env.COLLECTOR_STATUS_URL ?? '';
    const refused = async () => {
      const { collector } = (await (await fetch(status)).json()) as { collector?: { refused: number } };
      return (collector?.refused ?? 0) > 0;
    };
    assert.ok(await waitUntil(refused, { timeoutMs: patienceMs }), 'no refused record is counted');
  }

  /** Sends while Elasticsearch is away until the collector refuses. */
  async function filled(ledger: Ledger): Promise<Ledger> {
    scene().proxy.set({ kind: 'closed' });
    let status = await ledger.send();
    for (let request = 0; request < mostRequests && status === 200; request++) status = await ledger.send();
    assert.ok(status !== undefined && status >= 429, `answered ${status} after ${ledger.acknowledged} records`);
    return ledger;
  }

  /** Elasticsearch is back: everything acknowledged is stored, and room is made for more. */
  async function drained(ledger: Ledger): Promise<void> {
    scene().proxy.set({ kind: 'none' });
    assert.deepEqual(wrongWith(await ledger.settle(scene().admin())), []);
    assert.equal(await ledger.send(), 200);
    assert.deepEqual(wrongWith(await ledger.settle(scene().admin())), []);
  }

  async function withEnvironment(changes: Readonly<Record<string, string>>, work: () => Promise<void>): Promise<void> {
    const usual = {
      QUEUE_SIZE: '1000000000',
      QUEUE_DIR: join(scene().stack.run.folder, 'collector', 'queue'),
      QUEUE_RESERVE: '',
      QUEUE_COMPACTION: 'true',
    };
    await restartWith(scene(), changes);
    try {
      await work();
    } finally {
      scene().proxy.set({ kind: 'none' });
      await restartWith(scene(), usual);
    }
  }
}

/** The relay makes each file take its room soon after the start. */
async function isReserved(folder: string): Promise<boolean> {
  const files = (await readdir(folder)).filter((name) => name.startsWith('exporter_'));
  const blocks = await Promise.all(files.map(async (name) => (await stat(join(folder, name))).blocks));
  return blocks.length === queueFiles && blocks.every((each) => each * 512 >= reservedBytes);
}
