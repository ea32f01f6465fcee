import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitUntil } from '@hallmark/stack';

const DEMO = fileURLToPath(new URL('./demo.js', import.meta.url));
const UP_TIMEOUT_MS = 240_000;

describe('the demo', function () {
  this.timeout(300_000);

  it('ends with exit code 1 and one line when a part ends by itself', async () => {
    const child = spawn(process.execPath, [DEMO, '--orders', '1'], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
    const end = once(child, 'close');
    await waitUntil(() => said.includes('everything is up') || child.exitCode !== null, { timeoutMs: UP_TIMEOUT_MS });
    const folder = /^logs and data: (.*)$/m.exec(said)?.[1] ?? '';
    const [collector] = processesIn(join(folder, 'collector'));
    assert.ok(collector, said);
    process.kill(collector, 'SIGKILL');
    assert.deepEqual(await end, [1, null]);
    assert.match(said, /\ndemo: the collector ended by itself \(SIGKILL\); its log: \/.*\n$/);
    assert.ok(!existsSync(folder), `${folder} is still there`);
  });
});

/** The processes whose working directory that folder is. Linux only. */
function processesIn(folder: string): number[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids.filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      return false;
    }
  });
}
