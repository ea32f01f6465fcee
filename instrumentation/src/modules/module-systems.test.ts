import assert from 'node:assert/strict';
import { type Receiver, startReceiver } from '../testing/receiver.js';
import { type Flag, fourAtATime, type Run, runService } from '../testing/run-service.js';

const flags: readonly Flag[] = ['--require', '--import', 'NODE_OPTIONS'];
const files = ['shop.cjs', 'shop.mjs', 'shop.mts'];
const cells = flags.flatMap((flag) => files.map((file) => ({ flag, file })));

describe('one flag for every module system', () => {
  let results: { run: Run; receiver: Receiver }[] = [];

  before(async function () {
    this.timeout(60_000);
    results = await fourAtATime(cells, async ({ flag, file }) => {
      const receiver = await startReceiver();
      const env = {
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        HALLMARK_CONTEXT_KEYS: 'order.id',
        HALLMARK_EXIT_TIMEOUT_MS: '10000',
      };
      const run = await runService({ args: [file], flag, env });
      await receiver.close();
      return { run, receiver };
    });
  });

  cells.forEach(({ flag, file }, index) => {
    it(`${flag} instruments ${file}: the line, the record and the spans are of one trace`, () => {
      const { run, receiver } = results[index] ?? assert.fail();
      assert.equal(run.code, 0, run.stderr);
      const line = JSON.parse(run.stdout) as Record<string, unknown>;
      const [record, ...more] = receiver.event('order.created');
      assert.deepEqual(more, []);
      assert.ok(record, run.stderr);
      assert.equal(line.trace_id, record.traceId);
      assert.equal(line.span_id, record.spanId);
      assert.equal(record.body, 'order created');
      assert.deepEqual(record.attributes, { 'order.id': 'ORD-1', 'code.namespace': 'orders' });

      const server = receiver.spans.find(({ kind }) => kind === 2) ?? assert.fail('no server span');
      const client = receiver.spans.find(({ kind }) => kind === 3) ?? assert.fail('no client span');
      assert.equal(server.spanId, record.spanId);
      assert.equal(server.parentSpanId, client.spanId);
      assert.equal(server.attributes['order.id'], 'ORD-1');

      const [request] = receiver.event('http.server.request');
      assert.equal(request?.spanId, server.spanId);
      assert.equal(request?.attributes['order.id'], 'ORD-1');
      assert.equal(request?.attributes['url.path'], '/orders');
      assert.equal(request?.attributes['http.response.status_code'], 200);
      assert.ok(Number(request?.attributes['http.server.request.duration']) >= 0.004);
    });

    it(`${flag} prints one line for ${file}, with the service's name`, () => {
      const { run, receiver } = results[index] ?? assert.fail();
      const line = `hallmark: 0.1.0, service fixture-service, to ${receiver.url}; instruments 36 libraries as they are loaded\n`;
      assert.equal(run.stderr, line);
      const [started] = receiver.event('service.started');
      assert.equal(started?.resource['service.name'], 'fixture-service');
      assert.equal(started?.resource['service.version'], '7.8.9');
    });
  });
});

describe('code without a file', () => {
  const quiet = { OTEL_LOG_LEVEL: 'error', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' };
  const runs: readonly { name: string; args: readonly string[]; stdin?: string; expected: string }[] = [
    { name: 'node -e', args: ['-e', 'console.log(require("node:os").EOL.length)'], expected: '1\n' },
    { name: 'node -p', args: ['-p', '20 + 1'], expected: '21\n' },
    { name: 'standard input', args: ['-'], stdin: 'console.log("from stdin")', expected: 'from stdin\n' },
    {
      name: 'an ES module on standard input',
      args: ['--input-type=module', '-'],
      stdin: 'import { EOL } from "node:os"; console.log(EOL.length)',
      expected: '1\n',
    },
    {
      name: 'node -e as an ES module that imports an instrumented library',
      args: ['--input-type=module', '-e', 'import http from "node:http"; console.log(typeof http.request)'],
      expected: 'function\n',
    },
    { name: 'the REPL', args: ['-i'], stdin: '6 * 7\n.exit\n', expected: '42' },
  ];
  for (const flag of flags) {
    for (const { name, args, stdin, expected } of runs) {
      it(`${name} works with ${flag}`, async function () {
        this.timeout(20_000);
        const run = await runService({ args, flag, env: quiet, ...(stdin !== undefined && { stdin }) });
        assert.equal(run.code, 0, run.stderr);
        assert.equal(run.stderr, '');
        if (name === 'the REPL') assert.match(run.stdout, /\b42\b/);
        else assert.equal(run.stdout, expected);
      });
    }
  }
});
