import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fillCache } from './fill-cache.js';
import { processesOf } from './run/process-facts.js';
import { runCommand } from './test-programs/command.js';

const door = fileURLToPath(new URL('../door.mjs', import.meta.url));
const env = { ...process.env, AMQP_URL: '' };

/** A cold build of the collector takes six minutes on 2 cores. Unit: milliseconds. */
const emptyCacheMs = 1_200_000;

describe('the door', function () {
  this.timeout(300_000);

  before(async function () {
    this.timeout(emptyCacheMs);
    await fillCache({ env, onProgress: (line) => console.error(line) });
  });

  it('returns after the orderly end of its command, however often Ctrl-C reaches both of them', async () => {
    const command = runCommand([door, 'stack'], env);
    const { pid } = command.child;
    assert.ok(pid);
    await command.says('everything is up');
    process.kill(-pid, 'SIGINT');
    await command.says('SIGINT: ending everything');
    process.kill(-pid, 'SIGINT');
    assert.equal(await command.end, 0);
    assert.ok(!existsSync(command.runFolder()), command.runFolder());
    assert.deepEqual(processesOf(command.runFolder()), []);
    assert.match(command.said(), /\nSIGINT: ending everything\neverything is ended\n$/);
  });

  it('passes a signal on that reached it alone', async () => {
    const command = runCommand([door, 'stack'], env);
    await command.says('logs and data: ');
    command.child.kill('SIGINT');
    assert.equal(await command.end, 1);
    assert.match(command.said(), /\nSIGINT: the start was broken off, everything is ended\n$/);
    assert.ok(!existsSync(command.runFolder()), command.runFolder());
  });
});
