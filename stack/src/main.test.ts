import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { portVariables } from './ports.js';

const main = fileURLToPath(new URL('./main.js', import.meta.url));

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

describe('the command stack', function () {
  this.timeout(30_000);

  it('explains itself and its settings on standard output', () => {
    const { status, stdout, stderr } = run(['--help']);
    assert.deepEqual([status, stderr], [0, '']);
    for (const name of [...Object.values(portVariables), 'HALLMARK_CACHE', 'AMQP_URL']) {
      assert.match(stdout, new RegExp(`\\b${name}\\b`));
    }
  });

  it('refuses an option that it does not know, in one line on standard error', () => {
    const { status, stdout, stderr } = run(['--ports']);
    assert.deepEqual([status, stdout], [64, '']);
    assert.match(stderr, /^stack: .*--ports.*\n$/);
  });

  it('says in one line what keeps it from starting', () => {
    const { status, stdout, stderr } = run([], { HALLMARK_OTLP_PORT: '70000' });
    assert.deepEqual([status, stdout], [1, '']);
    assert.equal(stderr, 'stack: HALLMARK_OTLP_PORT=70000: expected a port from 1 to 65535\n');
  });
});
