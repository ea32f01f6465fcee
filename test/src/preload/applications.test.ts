import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ApplicationRun, runBare, runObserved } from './application-run.js';
import { applications, installed } from './applications.js';
import { spanKinds } from './cases.js';
import { partsStartMs } from './parts.js';

const installMs = 300_000;
const leastDependencies = 50;

for (const application of applications) {
  const { name, script, line } = application;

  describe(`${name}, which has never heard of the preload`, function () {
    this.timeout(partsStartMs);
    let bare: ApplicationRun;
    let observed: Awaited<ReturnType<typeof runObserved>>;

    before(async function () {
      this.timeout(installMs + partsStartMs);
      await installed(application);
      [bare, observed] = await Promise.all([runBare(application), runObserved(application)]);
    });

    /** Requests of the session as the receiver got their records, in the order of their start. */
    function requests() {
      const spans = new Map(observed.receiver.spans.map((span) => [span.spanId, span]));
      return observed.receiver.event('http.server.request').filter(({ spanId }) => !spans.get(spanId)?.parentSpanId);
    }

    it(`has more than ${leastDependencies} dependencies`, async () => {
      const packages = await readdir(join(await installed(application), 'node_modules'));
      assert.ok(packages.length > leastDependencies);
    });

    it('is written in the module system that it stands for', async () => {
      const manifest = join(await installed(application), script.split('/').slice(0, 2).join('/'), 'package.json');
      const { type = 'commonjs' } = JSON.parse(await readFile(manifest, 'utf8')) as { type?: string };
      assert.equal(type, name === 'unleash-server' ? 'module' : 'commonjs');
    });

    it('answers 100 requests as it does without', () => {
      assert.equal(bare.answers.length, 100);
      assert.ok(bare.answers.filter(({ status }) => status < 300).length >= 75);
      assert.deepEqual(observed.answers, bare.answers);
    });

    it('ends as it does without, with one line more on standard error', () => {
      assert.deepEqual(observed.end, bare.end);
      const ours = observed.lines.filter((printed) => printed.startsWith('hallmark: '));
      assert.equal(ours.length, 1, ours.join('\n'));
    });

    it('has its requests in the log, each with the status that was answered', () => {
      const got = requests().map(
        ({ attributes }) =>
          `${attributes['http.request.method']} ${attributes['url.path']} ${attributes['http.response.status_code']}`,
      );
      const asked = observed.answers.map(({ request, status }) => `${request.split('?')[0]} ${status}`);
      assert.deepEqual(got.sort(), asked.filter((each) => !isHealth(each)).sort());
    });

    it('has a span of each request, each the first of its trace', () => {
      const roots = observed.receiver.spans.filter(
        ({ kind, parentSpanId }) => kind === spanKinds.server && parentSpanId === '',
      );
      assert.equal(roots.length, requests().length);
      assert.equal(new Set(roots.map(({ traceId }) => traceId)).size, roots.length);
    });

    it('has its queries in the traces of their requests', () => {
      const queries = observed.receiver.event('db.query');
      for (const { traceId, attributes } of requests()) {
        const own = queries.filter((query) => query.traceId === traceId);
        const operations = own.map((query) => query.attributes['db.operation.name']);
        const status = Number(attributes['http.response.status_code']);
        if (attributes['http.request.method'] === 'POST' && status === 201)
          assert.ok(
            operations.includes('INSERT') || operations.includes('WITH'),
            `${attributes['url.path']}: ${operations}`,
          );
      }
      const withQueries = new Set(queries.map(({ traceId }) => traceId));
      assert.ok(requests().filter(({ traceId }) => withQueries.has(traceId)).length > 60);
    });

    if (line) {
      it('has the lines of its own logger in the traces of their requests', () => {
        const [record] = observed.receiver.records.filter(({ body }) => body.includes(line.text));
        const request = requests().find(({ traceId }) => traceId === record?.traceId);
        assert.equal(request?.attributes['url.path'], line.path);
        assert.ok(observed.lines.some((printed) => printed.includes(line.text)));
      });
    }

    it('records each statement once, however many layers it went through', () => {
      const parents = new Map(observed.receiver.spans.map(({ spanId, parentSpanId }) => [spanId, parentSpanId]));
      const told = new Set(observed.receiver.event('db.query').map(({ spanId }) => spanId));
      assert.deepEqual(
        [...told].filter((spanId) => told.has(parents.get(spanId) ?? '')),
        [],
      );
    });

    it('sends no value of its statements', () => {
      const statements = observed.receiver
        .event('db.query')
        .map(({ attributes }) => String(attributes['db.query.text']));
      assert.ok(statements.length > 100);
      assert.deepEqual(
        statements.filter((text) => /Rose Tanner|example\.com/.test(text)),
        [],
      );
    });

    function isHealth(request: string): boolean {
      return request.split(' ')[1] === application.healthPath;
    }
  });
}
