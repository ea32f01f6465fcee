import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { open, readdir, readFile, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from '@hallmark/stack';
import { newTraceId, sendLogs, sendSpans } from '../otlp.js';
import { ofTrace, stored } from '../store.js';
import { openLedger } from './ledger.js';
import { wrongWith } from './play.js';
import type { Scene } from './scene.js';

/** What is done to the file of the queue, of `size` bytes. */
const damages: Readonly<Record<string, (file: string, size: number) => Promise<void>>> = {
  'is cut short': (file) => truncate(file, 40_000),
  'begins with noise': (file) => writeNoise(file, 0, 20_000),
  'is noise behind its first pages': (file, size) => writeNoise(file, 16_384, size - 16_384),
  'is noise altogether': (file, size) => writeNoise(file, 0, size),
};
const heldRequests = 60;
const patienceMs = 60_000;

export function describeQueueFaults(scene: () => Scene): void {
  for (const [what, damage] of Object.entries(damages)) {
    it(`and the collector starts by itself when its queue file ${what}: only what was in it may be missing`, async () => {
      const { proxy, collector, admin, stack } = scene();
      const folder = join(stack.run.folder, 'collector', 'queue');
      const setAside = (await backups(folder)).length;
      const [stored, held, fresh] = [openLedger(scene()), openLedger(scene()), openLedger(scene())];
      await stored.send();
      assert.deepEqual(wrongWith(await stored.settle(admin())), []);
      proxy.set({ kind: 'closed' });
      for (let request = 0; request < heldRequests; request++) assert.equal(await held.send(), 200);
      await collector().kill('SIGKILL');
      const file = join(folder, 'exporter_otlp_grpc_store_logs');
      await damage(file, (await stat(file)).size);
      await collector().start();
      proxy.set({ kind: 'none' });
      assert.equal(await fresh.send(), 200);
      assert.deepEqual(wrongWith(await fresh.settle(admin())), []);
      assert.deepEqual(wrongWith(await stored.settle(admin())), []);
      // Whatever of the damaged file was saved is as it was sent.
      assert.deepEqual((await held.settle(admin(), 0)).unknown, []);
      assert.equal((await backups(folder)).length, setAside + 1);
    });
  }

  it('and each that was set aside is counted in status', async () => {
    const { stack } = scene();
    const count = (await backups(join(stack.run.folder, 'collector', 'queue'))).length;
    const isCounted = async () => {
      const response = await fetch(stack.env.COLLECTOR_STATUS_URL ?? '');
      return ((await response.json()) as { collector?: { damagedFiles: number } }).collector?.damagedFiles === count;
    };
    assert.ok(await waitUntil(isCounted, { timeoutMs: patienceMs }));
  });

  it('and what waits in the queue files is masked', async () => {
    const { proxy, admin, otlp, system, stack } = scene();
    proxy.set({ kind: 'closed' });
    const traceId = newTraceId();
    const sender = { resource: { 'service.name': system } };
    const text = 'waiting: card 4111 1111 1111 1111, anna@example.org';
    const attributes = { password: 'hunter2' };
    assert.equal(await sendLogs(otlp(), sender, [{ traceId, body: text, attributes }]), 200);
    const span = { traceId, name: text, statusMessage: text, attributes, events: [{ name: text, attributes }] };
    assert.equal(await sendSpans(otlp(), sender, [span]), 200);
    for (const signal of ['logs', 'traces']) {
      const path = join(stack.run.folder, 'collector', 'queue', `exporter_otlp_grpc_store_${signal}`);
      const file = await readFile(path, 'latin1');
      assert.match(file, /waiting: card /);
      for (const secret of ['4111 1111', 'anna@example', 'hunter2'])
        assert.ok(!file.includes(secret), `${secret} is in the queue of ${signal}`);
    }
    proxy.set({ kind: 'none' });
    // The record, the span and its event.
    await stored(admin(), ofTrace(traceId), 3);
  });
}

async function backups(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.backup'));
}

async function writeNoise(path: string, at: number, length: number): Promise<void> {
  const file = await open(path, 'r+');
  await file.write(randomBytes(length), 0, length, at);
  await file.close();
}
