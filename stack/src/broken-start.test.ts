import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fillCache } from './fill-cache.js';
import { freePort } from './ports.js';
import { processesOf } from './run/process-facts.js';
import { type Command, runCommand } from './test-programs/command.js';

const main = fileURLToPath(new URL('./main.js', import.meta.url));

/** A cold build of the collector takes six minutes on 2 cores. Unit: milliseconds. */
const emptyCacheMs = 1_200_000;

describe('a start that comes to nothing', function () {
  this.timeout(60_000);

  before(async function () {
    this.timeout(emptyCacheMs);
    await fillCache({ env: { ...process.env, AMQP_URL: '' }, onProgress: (line) => console.error(line) });
  });

  it('leaves no run folder when AMQP_URL is no URL', async () => {
    const command = runCommand([main], { ...process.env, AMQP_URL: 'foo' });
    assert.equal(await command.end, 1);
    assert.match(command.said(), /^stack: AMQP_URL names no broker; /m);
    assertNothingLeft(command);
  });

  it('leaves no run folder when nobody listens at AMQP_URL', async () => {
    const port = await freePort();
    const command = runCommand([main], { ...process.env, AMQP_URL: `amqp://user:secret@127.0.0.1:${port}` });
    assert.equal(await command.end, 1);
    assert.match(command.said(), /^stack: AMQP_URL: no broker answers at /m);
    assertNothingLeft(command);
  });

  for (const text of ['logs and data: ', 'Elasticsearch: starting', 'PostgreSQL is up']) {
    it(`leaves no run folder when Ctrl-C comes after '${text}'`, async () => {
      const command = runCommand([main], { ...process.env, AMQP_URL: '' });
      await command.says(text);
      command.child.kill('SIGINT');
      assert.equal(await command.end, 1);
      assert.match(command.said(), /^SIGINT: the start was broken off, everything is ended$/m);
      assertNothingLeft(command);
    });
  }
});

function assertNothingLeft(command: Command): void {
  const folder = command.runFolder();
  assert.notEqual(folder, '');
  assert.ok(!existsSync(folder), `${folder} is still there`);
  assert.deepEqual(processesOf(folder), []);
}
