import assert from 'node:assert/strict';
import { startReceiver } from '../testing/receiver.js';
import { fourAtATime, runService } from '../testing/run-service.js';

/** A wrong value for each variable that is read, and the name that must be told. */
const wrong: readonly [string, string][] = [
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
  ['OTEL_EXPORTER_OTLP_TIMEOUT', 'soon'],
  ['OTEL_EXPORTER_OTLP_COMPRESSION', 'brotli'],
  ['OTEL_BLRP_SCHEDULE_DELAY', '-5'],
  ['OTEL_BSP_MAX_QUEUE_SIZE', 'many'],
  ['OTEL_BSP_MAX_EXPORT_BATCH_SIZE', '-77'],
  ['OTEL_TRACES_SAMPLER', 'sometimes'],
  ['OTEL_PROPAGATORS', 'pigeon'],
  ['OTEL_TRACES_EXPORTER', 'fax'],
  ['OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT', 'lots'],
  ['OTEL_RESOURCE_ATTRIBUTES', 'a=b=c,=,%%%'],
  ['OTEL_NODE_DISABLED_INSTRUMENTATIONS', 'telegraph'],
  ['OTEL_METRICS_EXPORTER', 'prometheus'],
  ['HALLMARK_EXIT_TIMEOUT_MS', '1.5'],
  ['HALLMARK_RECORDS_OFF', 'everything'],
  ['HALLMARK_CONTEXT_FROM', 'order.id'],
  ['HALLMARK_CONTEXT_SEND_TO', 'a:b:c'],
  ['HALLMARK_CONTEXT_ACCEPT_FROM', '300.1.1.1/99'],
  ['HALLMARK_TRACE_ACCEPT_FROM', '10.0.0.0/64'],
  ['HALLMARK_MESSAGE_CONTENT', 'maybe'],
];

describe('a wrong setting', () => {
  it('starts the service all the same, and is named in the start-up line without its value', async function () {
    this.timeout(60_000);
    await fourAtATime(wrong, async ([name, value]) => {
      const receiver = await startReceiver();
      const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, [name]: value };
      const run = await runService({ args: ['odd-process.cjs', 'second copy'], env });
      await receiver.close();
      assert.equal(run.code, 0, `${name}: ${run.stderr}`);
      assert.equal(run.stderr.trim().split('\n').length, 1, `${name}: ${run.stderr}`);
      assert.match(run.stderr, new RegExp(`; ignored: ${name} \\([^)]+\\)\n$`), name);
      assert.ok(!run.stderr.includes(value), run.stderr);
    });
  });

  it('is survived, all of them at once and 100 kB long', async function () {
    this.timeout(20_000);
    const env = Object.fromEntries(wrong.map(([name, value]) => [name, value.repeat(100_000 / value.length)]));
    delete env.OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT;
    const run = await runService({
      args: ['odd-process.cjs', 'second copy'],
      env: Object.fromEntries(Object.entries(env).slice(0, 12)),
    });
    assert.equal(run.code, 0, run.stderr);
    assert.equal(run.stdout, '{"event":"test.once","level":"info","message":"once"}\n');
    for (const line of run.stderr.trim().split('\n')) assert.ok(line.length < 1_100);
  });

  it('of the endpoint is named, and the default taken', async function () {
    this.timeout(20_000);
    for (const endpoint of ['collector:4318', 'ftp://collector', 'not a url']) {
      const run = await runService({
        args: ['odd-process.cjs', 'second copy'],
        env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint },
      });
      assert.equal(run.code, 0);
      assert.ok(!run.stderr.includes(endpoint), run.stderr);
      assert.match(run.stderr, /to http:\/\/localhost:4318; ignored: OTEL_EXPORTER_OTLP_ENDPOINT \(not a URL/);
    }
  });
});

describe('what is said of the environment', () => {
  it('never shows credentials', async function () {
    this.timeout(20_000);
    const receiver = await startReceiver();
    const run = await runService({
      args: ['odd-process.cjs', 'second copy'],
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url.replace('//', '//user:pass-word@'),
        OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer sec-ret',
        OTEL_LOG_LEVEL: 'debug',
      },
    });
    await receiver.close();
    assert.equal(run.code, 0);
    assert.doesNotMatch(run.stderr, /pass-word|sec-ret/);
    assert.match(run.stderr, new RegExp(`to ${receiver.url}\n`));
  });

  for (const [level, lines] of [
    ['error', 0],
    ['warn', 0],
    ['info', 1],
    ['loud', 1],
  ] as const) {
    it(`is ${lines} lines at OTEL_LOG_LEVEL=${level}`, async function () {
      this.timeout(20_000);
      const receiver = await startReceiver();
      const env = {
        OTEL_LOG_LEVEL: level,
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        HALLMARK_EXIT_TIMEOUT_MS: '10000',
      };
      const run = await runService({ args: ['odd-process.cjs', 'second copy'], env });
      await receiver.close();
      assert.equal(run.stderr.split('\n').length - 1, lines, run.stderr);
      assert.equal(run.stdout, '{"event":"test.once","level":"info","message":"once"}\n');
    });
  }

  it('is nothing at OTEL_LOG_LEVEL=none, also without a collector', async function () {
    this.timeout(20_000);
    const env = {
      OTEL_LOG_LEVEL: 'none',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
      OTEL_TRACES_SAMPLER: 'sometimes',
    };
    const run = await runService({ args: ['odd-process.cjs', 'second copy'], env });
    assert.equal(run.stderr, '');
  });
});

describe("the service's name and version", () => {
  const cases: readonly [string, Record<string, string>, string, unknown][] = [
    ['come from the package.json nearest above the main script', {}, 'fixture-service', '7.8.9'],
    ['yield to OTEL_SERVICE_NAME', { OTEL_SERVICE_NAME: 'by-name' }, 'by-name', '7.8.9'],
    [
      'yield to OTEL_RESOURCE_ATTRIBUTES',
      { OTEL_RESOURCE_ATTRIBUTES: 'service.name=by-attribute,service.version=0.0.1,team=rings' },
      'by-attribute',
      '0.0.1',
    ],
  ];
  for (const [what, variables, name, version] of cases) {
    it(what, async function () {
      this.timeout(20_000);
      const receiver = await startReceiver();
      const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, HALLMARK_EXIT_TIMEOUT_MS: '10000', ...variables };
      const run = await runService({ args: ['odd-process.cjs', 'second copy'], env, cwd: '/' });
      await receiver.close();
      const [started] = receiver.event('service.started');
      assert.equal(started?.resource['service.name'], name, run.stderr);
      assert.equal(started?.resource['service.version'], version);
      assert.match(run.stderr, new RegExp(`service ${name}, `));
    });
  }

  it('fall back to the name of the binary, without its path', async function () {
    this.timeout(20_000);
    const receiver = await startReceiver();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, HALLMARK_EXIT_TIMEOUT_MS: '10000' };
    await runService({ args: ['-e', '0'], env, cwd: '/' });
    await receiver.close();
    assert.equal(receiver.event('service.started')[0]?.resource['service.name'], 'unknown_service:node');
  });
});
