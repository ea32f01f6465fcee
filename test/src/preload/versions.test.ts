import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Receiver } from '../../../instrumentation/dist/testing/receiver.js';
import { fourAtATime, preload, type Run, room, runService } from '../../../instrumentation/dist/testing/run-service.js';
import { observeFixture, spanKinds } from './cases.js';
import { npmFolder } from './npm-folder.js';
import { partsStartMs, theParts } from './parts.js';

/** The oldest that is supported, the newest of each line that is, and the last before the synchronous load hook was right. */
const versions = ['22.15.0', '22.23.3', '24.11.0', '26.10.0'];
const installMs = 300_000;
const files = ['version.cjs', 'version.mjs'];
const ways: Readonly<Record<string, { readonly code: number | null; readonly signal: NodeJS.Signals | null }>> = {
  return: { code: 0, signal: null },
  'exit 3': { code: 3, signal: null },
  'a throw': { code: 1, signal: null },
  SIGTERM: { code: null, signal: 'SIGTERM' },
};
const cells = files.flatMap((file) => Object.keys(ways).map((way) => ({ file, way })));

for (const version of versions) {
  describe(`Node ${version}`, function () {
    this.timeout(partsStartMs);
    let results: { readonly run: Run; readonly receiver: Receiver }[] = [];

    before(async function () {
      this.timeout(installMs);
      const { databaseUrl } = await theParts();
      const node = await nodeOf(version);
      results = await fourAtATime(cells, ({ file, way }) => observeFixture([file, databaseUrl, way], {}, node));
    });

    it("starts under Node's permission model and says which flags are missing", async () => {
      const [major = 0, minor = 0] = version.split('.').map(Number);
      const args = ['--permission', '--allow-fs-read=*', '--require', preload, `${room}fixtures/odd-process.cjs`];
      const run = await runService({ args: [...args, 'second copy'], flag: 'none', node: await nodeOf(version) });
      assert.equal(run.code, 0, run.stderr);
      assert.equal(run.stdout, '{"event":"test.once","level":"info","message":"once"}\n');
      assert.equal(/without --allow-net nothing can be sent/.test(run.stderr), major >= 25, run.stderr);
      const former = (major === 22 && minor < 22) || (major === 24 && minor < 12);
      assert.equal(/without --allow-worker ES modules are not instrumented/.test(run.stderr), former, run.stderr);
      assert.match(run.stderr, /without --allow-worker .*the last records/);
      assert.doesNotMatch(run.stderr, /failed, the service goes on/);
    });

    cells.forEach(({ file, way }, index) => {
      it(`runs ${file}, which ends by ${way}, with every record, span and query`, () => {
        const { run, receiver } = results[index] ?? assert.fail();
        assert.deepEqual({ code: run.code, signal: run.signal }, ways[way], run.stderr);
        assert.match(
          run.stderr,
          /^hallmark: \S+, service fixture-libraries, to http:\S+; instruments 36 libraries as they are loaded\n/,
        );
        if (way !== 'a throw') assert.equal(run.stderr.split('\n').length, 2, run.stderr);

        const [asked] = receiver.event('test.asked');
        const server = receiver.spans.find(({ kind }) => kind === spanKinds.server);
        assert.ok(server);
        assert.equal(asked?.spanId, server.spanId);
        const client = receiver.spans.find(({ spanId }) => spanId === server.parentSpanId);
        assert.equal(client?.kind, spanKinds.client);
        const [query, ...moreQueries] = receiver.event('db.query');
        assert.deepEqual(moreQueries, []);
        assert.equal(query?.traceId, server.traceId);
        assert.equal(query?.attributes['db.query.text'], 'SELECT $1::int AS n');

        assert.deepEqual(receiver.event('test.answered')[0]?.attributes.rows, [{ n: 5 }]);
        for (const event of ['service.started', 'http.server.request', 'test.last', 'service.stopped'])
          assert.equal(receiver.event(event).length, 1, event);
        assert.equal(receiver.event('service.failed').length, way === 'a throw' ? 1 : 0);
      });
    });
  });
}

/** The binary of npm's `node` package. */
async function nodeOf(version: string): Promise<string> {
  const manifest = { private: true, allowScripts: { node: true } };
  const folder = await npmFolder(
    `node-${version}-${process.platform}-${process.arch}`,
    (made) => writeFile(join(made, 'package.json'), JSON.stringify(manifest)),
    ['install', `node@${version}`],
  );
  return join(folder, 'node_modules/node/bin/node');
}
