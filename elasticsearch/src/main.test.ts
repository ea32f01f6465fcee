import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** As npm links it: what is run when somebody types its name. */
const main = fileURLToPath(new URL('../../node_modules/.bin/hallmark-elasticsearch', import.meta.url));

function run(args: readonly string[], url?: string) {
  const env = { PATH: process.env.PATH, ...(url && { ELASTICSEARCH_URL: url }) };
  return spawnSync(process.execPath, [main, ...args], { env, encoding: 'utf8' });
}

describe('hallmark-elasticsearch', () => {
  it('says how it is used on standard output', () => {
    const { status, stdout, stderr } = run(['--help']);
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^usage: hallmark-elasticsearch/);
  });

  it('refuses what it does not know, and a missing or wrong address, with one line and exit code 2 or 1', () => {
    for (const [args, url, code] of [
      [['--accont'], 'http://127.0.0.1:9', 2],
      [[], undefined, 2],
      [[], 'elasticsearch', 1],
    ] as const) {
      const { status, stdout, stderr } = run(args, url);
      assert.deepEqual([status, stdout, stderr.trimEnd().split('\n').length], [code, '', 1], stderr);
    }
  });

  it('refuses a wrong retention file with file, line and column before it asks the server anything', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hallmark-retention-'));
    const file = join(folder, 'retention.yaml');
    const profile = '    index_per: system\n    rollover: { max_age: 1d }\n    keep: 30\n';
    writeFileSync(file, `version: 1\nprofile: mine\nprofiles:\n  mine:\n${profile}`);
    const url = `http://127.0.0.1:${await portThatNobodyListensOn()}`;
    const { status, stdout, stderr } = run(['keep', '--once', '--file', file], url);
    rmSync(folder, { recursive: true });
    assert.deepEqual(
      [status, stdout, stderr],
      [1, '', `${file}:7:11: profiles.mine.keep: expected an age like 30d, 12h, 10m or 30s\n`],
    );
  });

  it('says in one line where it looked when nobody answers, without the password', async () => {
    const port = await portThatNobodyListensOn();
    const { status, stderr } = run([], `http://admin:s3cret@127.0.0.1:${port}`);
    assert.equal(status, 1);
    assert.match(
      stderr,
      new RegExp(`^Elasticsearch doesn't answer: PUT http://127\\.0\\.0\\.1:${port}/\\S+: .*ECONNREFUSED.*\n$`),
    );
    assert.equal(stderr.includes('s3cret'), false);
  });
});

async function portThatNobodyListensOn(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
