import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** As npm links it: what is run when somebody types its name. */
const program = fileURLToPath(new URL('../../../node_modules/.bin/hallmark-lookup', import.meta.url));

describe('hallmark-lookup', function () {
  this.timeout(20_000);

  it('runs by its name', () => {
    const { status, stdout, stderr } = spawnSync(program, ['--help'], { encoding: 'utf8' });
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^The story of an order or a trace/);
  });

  it('says in one line what an old Node lacks', () => {
    const pretended = 'Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.11.1"}})';
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${pretended}`, program],
      {
        encoding: 'utf8',
      },
    );
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /^lookup: needs Node 22\.19 or newer, this is 20\.11\.1[^\n]*\n$/);
  });
});
