import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { startReceiver } from '../testing/receiver.js';
import { fourAtATime, room, runService } from '../testing/run-service.js';

/** A wrong value for each variable that is read, and the name that must be told. */
const wrong: readonly [string, string][] = [
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
  ['OTEL_EXPORTER_OTLP_TIMEOUT', 'soon'],
  ['OTEL_EXPORTER_OTLP_COMPRESSION', 'brotli'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'bad header=x'],
  ['OTEL_EXPORTER_OTLP_LOGS_HEADERS', 'garbage'],
  ['OTEL_EXPORTER_OTLP_TRACES_HEADERS', 'token=%0A'],
  ['OTEL_EXPORTER_OTLP_METRICS_HEADERS', 'garbage'],
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
  ['OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', 'not an url'],
  ['OTEL_METRIC_EXPORT_INTERVAL', 'often'],
  ['HALLMARK_EXIT_TIMEOUT_MS', '1.5'],
  ['HALLMARK_IGNORE_PATHS', 'healthy'],
  ['OTEL_EXPORTER_OTLP_CERTIFICATE', '/nowhere/ca.pem'],
  ['HALLMARK_EXIT_TIMOUT_MS', '4711'],
  ['HALLMARK_RECORDS_OFF', 'everything'],
  ['HALLMARK_CONTEXT_FROM', 'order.id'],
  ['HALLMARK_CONTEXT_SEND_TO', 'a:b:c'],
  ['HALLMARK_CONTEXT_ACCEPT_FROM', '300.1.1.1/99'],
  ['HALLMARK_TRACE_ACCEPT_FROM', '10.0.0.0/64'],
  ['HALLMARK_MESSAGE_CONTENT', 'maybe'],
  ['HALLMARK_LIVE_SIGNAL', 'SIGKILL'],
  ['HALLMARK_LOGS_FROM', 'printf'],
  ['OTEL_EXPORTER_OTLP_LOGS_PROTOCOL', 'smoke'],
  ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'smoke'],
  ['OTEL_EXPORTER_OTLP_LOGS_COMPRESSION', 'brotli'],
  ['OTEL_EXPORTER_OTLP_TRACES_COMPRESSION', 'brotli'],
  ['OTEL_EXPORTER_OTLP_LOGS_ENDPOINT', 'collector:4318'],
  ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'no url'],
  ['OTEL_LOGS_EXPORTER', 'fax'],
  ['OTEL_BLRP_MAX_QUEUE_SIZE', 'many'],
  ['OTEL_BLRP_MAX_EXPORT_BATCH_SIZE', '-77'],
  ['OTEL_BSP_SCHEDULE_DELAY', '1e99'],
  ['OTEL_NODE_ENABLED_INSTRUMENTATIONS', 'winston,telegraph'],
  ['OTEL_LOG_LEVEL', 'loud'],
  ['OTEL_CONFIG_FILE', '/etc/otel.yaml'],
  ['OTEL_EXPERIMENTAL_CONFIG_FILE', '/etc/otel.yaml'],
];

/** Variables of which no value is wrong, or that say so only together with another. */
const anythingGoes = [
  'HALLMARK_CONTEXT_KEYS',
  'HALLMARK_HMAC_KEY',
  'HALLMARK_LIVE_FILE',
  'OTEL_ATTRIBUTE_COUNT_LIMIT',
  'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT',
  'OTEL_NODE_RESOURCE_DETECTORS',
  'OTEL_SERVICE_NAME',
  'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT',
  'OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT',
  'OTEL_TRACES_SAMPLER_ARG',
] as const;
const testedBelow = ['OTEL_EXPORTER_OTLP_ENDPOINT'];

const nothingSent = { OTEL_LOGS_EXPORTER: 'none', OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' };

describe('a wrong setting', () => {
  it('starts the service all the same, and is named in the start-up line without its value', async function () {
    this.timeout(180_000);
    await fourAtATime(wrong, async ([name, value]) => {
      const receiver = await startReceiver();
      const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, HALLMARK_EXIT_TIMEOUT_MS: '10000', [name]: value };
      const run = await runService({ args: ['odd-process.cjs', 'second copy'], env });
      await receiver.close();
      assert.equal(run.code, 0, `${name}: ${run.stderr}`);
      assert.equal(run.stderr.trim().split('\n').length, 1, `${name}: ${run.stderr}`);
      assert.match(run.stderr, new RegExp(`; ignored: ${name} \\([^)]+\\)\n$`), name);
      assert.ok(!run.stderr.includes(value), run.stderr);
    });
  });

  it('is survived, 1 MB of them at once', async function () {
    this.timeout(60_000);
    const all = [...wrong, ...anythingGoes.map((name) => [name, 'odd,'] as const)];
    for (let from = 0; from < all.length; from += 10) {
      const some = all.slice(from, from + 10);
      const env = Object.fromEntries(some.map(([name, value]) => [name, value.repeat(100_000 / value.length)]));
      const run = await runService({ args: ['odd-process.cjs', 'second copy'], env });
      assert.equal(run.code, 0, run.stderr);
      assert.equal(run.stdout, '{"event":"test.once","level":"info","message":"once"}\n');
      for (const line of run.stderr.trim().split('\n')) assert.ok(line.length < 1_100);
    }
  });

  it('is tested here for every variable that is read', () => {
    const sources = globSync('src/**/*.ts', { cwd: room }).filter((file) => !file.endsWith('.test.ts'));
    const read = sources.flatMap(
      (file) => readFileSync(room + file, 'utf8').match(/\b(?:OTEL|HALLMARK)_[A-Z_]+[A-Z](?=')/g) ?? [],
    );
    const tested = new Set<string>([...wrong.map(([name]) => name), ...anythingGoes, ...testedBelow]);
    const areas = ['OTEL_BLRP', 'OTEL_BSP'];
    assert.deepEqual(
      [...new Set(read)].filter((name) => !tested.has(name) && !areas.includes(name)),
      [],
    );
  });

  it('says what would be right', async function () {
    this.timeout(60_000);
    const notPem = `${room}package.json`;
    const cases: readonly [string, string, string][] = [
      ['HALLMARK_EXIT_TIMOUT_MS', '200', 'no such setting; is HALLMARK_EXIT_TIMEOUT_MS meant?'],
      ['HALLMARK_CONTEXT_KEY', 'order.id', 'no such setting; is HALLMARK_CONTEXT_KEYS meant?'],
      ['HALLMARK_SOMETHING_ELSE_ALTOGETHER', '1', 'no such setting'],
      ['HALLMARK_EXIT_TIMEOUT_MS', '60001', 'not a whole number from 0 to 60000'],
      [
        'HALLMARK_TRACE_ACCEPT_FROM',
        'nobody',
        'addresses, CIDR blocks and localhost, or * for everybody, or none for nobody',
      ],
      ['HALLMARK_IGNORE_PATHS', 'health', 'paths begin with / and have no query: /health'],
      ['HALLMARK_CONTEXT_SEND_TO', 'crm-api:99999', 'not host or host:port'],
      ['OTEL_EXPORTER_OTLP_CERTIFICATE', '/nowhere/ca.pem', "the file can't be read: ENOENT"],
      ['OTEL_EXPORTER_OTLP_LOGS_CLIENT_KEY', notPem, 'the file is not in PEM format'],
    ];
    await fourAtATime(cases, async ([name, value, reason]) => {
      const run = await runService({
        args: ['odd-process.cjs', 'second copy'],
        env: { [name]: value, ...nothingSent },
      });
      assert.equal(run.code, 0);
      assert.ok(run.stderr.endsWith(`; ignored: ${name} (${reason})\n`), run.stderr);
      assert.ok(run.stdout.includes('"event":"test.once"'));
    });
  });

  it('is none that another part of the project reads, and none that is right', async () => {
    const env = {
      HALLMARK_CACHE: '/tmp',
      HALLMARK_OTLP_PORT: '4318',
      HALLMARK_TRACE_ACCEPT_FROM: 'none',
      ...nothingSent,
    };
    const run = await runService({ args: ['odd-process.cjs', 'second copy'], env });
    assert.doesNotMatch(run.stderr, /ignored/);
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
      assert.match(
        run.stderr,
        /to http:\/\/localhost:4318; instruments \d+ libraries as they are loaded; ignored: OTEL_EXPORTER_OTLP_ENDPOINT \(not a URL/,
      );
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
    assert.match(run.stderr, new RegExp(`to ${receiver.url}; `));
  });

  it('is where each signal goes, and which libraries a variable chose', async function () {
    this.timeout(40_000);
    const cases: readonly [Record<string, string>, RegExp][] = [
      [
        { OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://user:pass-word@127.0.0.1:1/secret-path/v1/logs?token=sec-ret' },
        /service fixture-service, logs to http:\/\/127\.0\.0\.1:1, spans to http:\/\/localhost:4318; instruments/,
      ],
      [{ OTEL_LOGS_EXPORTER: 'none' }, /service fixture-service, logs to nowhere, spans to http:\/\/localhost:4318;/],
      [{ OTEL_LOGS_EXPORTER: 'none', OTEL_TRACES_EXPORTER: 'none' }, /service fixture-service, to nowhere;/],
      [
        { OTEL_TRACES_EXPORTER: 'none', OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'pg,http' },
        /; instruments http, pg as they are loaded\n/,
      ],
    ];
    for (const [env, line] of cases) {
      const run = await runService({ args: ['-e', '0'], env, cwd: `${room}fixtures` });
      assert.match(run.stderr, line);
      assert.doesNotMatch(run.stderr, /pass-word|sec-ret|secret-path/);
    }
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
