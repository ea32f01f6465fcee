import assert from 'node:assert/strict';
import { type ReceivedRecord, startReceiver } from '../testing/receiver.js';
import { type Run, runService } from '../testing/run-service.js';

interface Outcome {
  readonly bare: Run;
  readonly run: Run;
  /** Of the logger, before the request and inside of it. */
  readonly outside: readonly ReceivedRecord[];
  readonly inside: readonly ReceivedRecord[];
  readonly failure: ReceivedRecord | undefined;
}

async function observe(args: readonly string[], env: Record<string, string>): Promise<Outcome> {
  const bare = await runService({ args, flag: 'none' });
  const receiver = await startReceiver();
  const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, HALLMARK_EXIT_TIMEOUT_MS: '20000' };
  const run = await runService({ args, env: { ...settings, ...env } });
  await receiver.close();
  assert.equal(run.code, 0, run.stderr);
  const own = receiver.records.filter(({ scope }) => scope !== 'hallmark');
  return {
    bare,
    run,
    outside: own.filter(({ traceId }) => traceId === ''),
    inside: own.filter(({ traceId }) => traceId !== ''),
    failure: receiver.event('api.failed')[0],
  };
}

const told = (records: readonly ReceivedRecord[]) => records.map(({ body, attributes }) => [body, attributes]);
const talk = ({ stderr }: Run) => stderr.replace(/^hallmark: .*\n/, '');
/** What a printed line gains inside of a trace, and what differs from run to run. */
const steady = (text: string) =>
  text.replaceAll(
    /,"trace_(?:id|flags)":"\w+"|,"span_id":"\w+"|"time":\d+|"pid":\d+|\n? +at [^\n"]*|\\n\s+at [^"]*/g,
    '',
  );

describe('the console', function () {
  this.timeout(90_000);
  let console: Outcome;

  before(async () => {
    console = await observe(['loggers.cjs', 'console'], { HALLMARK_LOGS_FROM: 'console' });
  });

  it('is sent when asked for: text, severity, and the trace of the line', () => {
    for (const records of [console.outside, console.inside]) {
      assert.deepEqual(records.map(({ severityText, severityNumber }) => [severityText, severityNumber]).slice(0, 5), [
        ['DEBUG', 5],
        ['INFO', 9],
        ['INFO', 9],
        ['WARN', 13],
        ['ERROR', 17],
      ]);
      const bodies = records.map(({ body }) => body);
      assert.equal(bodies[0], 'a debug line');
      assert.equal(bodies[1], 'user u1 has 2 { more: true }');
      assert.match(
        String(bodies[2]),
        /^odd <ref \*1> \{.*Circular.*10n Symbol\(s\) Map\(1\) .* undefined NaN a\ufffdb$/s,
      );
      assert.deepEqual([bodies[3], bodies[4], bodies[5]], ['careful', 'failed too large', 'a group']);
      assert.match(String(bodies[6]), /┌.*│ 0 +│ 1 +│/s);
      assert.equal(bodies[7], '');
      assert.match(String(bodies[8]), /^x{65536}… \[cut, 5242880 characters\]$/);
      assert.deepEqual(bodies.slice(9), ['by its own inspection', 'without its object']);
    }
    assert.equal(new Set(console.inside.map(({ traceId, spanId }) => traceId + spanId)).size, 1);
  });

  it('prints what it printed, to the character', () => {
    assert.ok(console.run.stdout === console.bare.stdout, 'standard output differs');
    assert.equal(steady(talk(console.run)), steady(console.bare.stderr));
  });

  it('makes an exception of a real error, which also says why an answer is 5xx', () => {
    const error = console.inside.find(({ severityText }) => severityText === 'ERROR');
    assert.equal(error?.attributes['exception.type'], 'UploadError');
    assert.equal(error?.attributes['exception.message'], 'too large');
    assert.match(String(error?.attributes['exception.stacktrace']), /loggers\.cjs/);
    assert.equal(console.failure?.attributes['exception.message'], 'too large');
    assert.deepEqual(
      console.inside.filter(({ attributes }) => Object.keys(attributes).length > 0),
      [error],
    );
  });

  it('sends a line once that winston prints by it', async () => {
    const { outside, inside, run, bare } = await observe(['loggers.cjs', 'winston by the console'], {
      HALLMARK_LOGS_FROM: 'console',
    });
    for (const records of [outside, inside])
      assert.deepEqual(
        records.map(({ body }) => body),
        ['by winston', 'by winston too', 'by the console'],
      );
    assert.equal(steady(run.stdout), steady(bare.stdout));
    assert.equal(steady(talk(run)), steady(bare.stderr));
  });

  it('is not sent unless asked for', async () => {
    const { outside, inside } = await observe(['loggers.cjs', 'winston by the console'], {});
    assert.deepEqual(
      [...outside, ...inside].map(({ body }) => body),
      ['by winston', 'by winston too', 'by winston', 'by winston too'],
    );
  });
});

describe('pino', function () {
  this.timeout(90_000);
  let pino: Outcome;

  before(async () => {
    pino = await observe(['loggers.cjs', 'pino'], { HALLMARK_LOGS_FROM: 'pino' });
  });

  it('is sent when asked for: text, severity by the level, and the trace of the line', () => {
    for (const records of [pino.outside, pino.inside]) {
      assert.deepEqual(
        records.slice(0, 7).map(({ body, severityText, severityNumber }) => [body, severityText, severityNumber]),
        [
          ['a line of trace', 'TRACE', 1],
          ['a line of debug', 'DEBUG', 5],
          ['a line of info', 'INFO', 9],
          ['a line of audit', 'INFO', 11],
          ['a line of warn', 'WARN', 13],
          ['a line of error', 'ERROR', 17],
          ['a line of fatal', 'FATAL', 21],
        ],
      );
      assert.deepEqual(told(records.slice(0, 1)), [['a line of trace', { 'code.namespace': 'rings' }]]);
    }
    assert.equal(new Set(pino.inside.map(({ traceId, spanId }) => traceId + spanId)).size, 1);
  });

  it('sends fields as the line has them, after its own redaction, the event and the error in their places', () => {
    const [error, fields] = pino.inside.slice(7);
    const { 'exception.stacktrace': stack, ...rest } = error?.attributes ?? {};
    assert.deepEqual(rest, {
      'code.namespace': 'rings',
      module: 'files',
      'exception.type': 'UploadError',
      'exception.message': 'too large',
    });
    assert.match(String(stack), /loggers\.cjs/);
    assert.equal(pino.failure?.attributes['exception.message'], 'too large');
    assert.equal(fields?.eventName, 'test.pino');
    assert.equal(fields?.body, 'user u1');
    assert.deepEqual(fields?.attributes, {
      'code.namespace': 'rings',
      'order.id': 'ORD-1',
      nested: { a: [1, undefined] },
      motto: '[Redacted]',
      a: 1,
      'a.b': 2,
    });
  });

  it('cuts what is too long, says so, and holds to the level', () => {
    const [long, many, ...more] = pino.inside.slice(9);
    assert.match(String(long?.body), /x… \[cut, 5242880 characters\]$/);
    assert.match(String(long?.attributes.long), /y… \[cut, 100000 characters\]$/);
    assert.equal(long?.attributes.surrogate, 'a\ufffdb');
    assert.equal(Object.keys(many?.attributes ?? {}).length, 128);
    assert.deepEqual(more, []);
  });

  it('prints what it printed, with the trace inside of one', () => {
    // Sorted, since pino's `fatal` prints the lines that wait before the one that is on its way.
    const lines = ({ stdout }: Run) => steady(stdout).split('\n').sort();
    assert.deepEqual(lines(pino.run), lines(pino.bare));
    const ids = pino.run.stdout.match(/"trace_id":"\w{32}"/g) ?? [];
    assert.equal(ids.length, pino.inside.length - 2);
    assert.equal(ids[0], `"trace_id":"${pino.inside[0]?.traceId}"`);
    assert.equal(talk(pino.run), '');
  });

  it('keeps its own stream and its own keys', async () => {
    const own = await observe(['loggers.cjs', 'pino with its own stream and keys'], { HALLMARK_LOGS_FROM: 'pino' });
    const [record] = own.outside;
    assert.equal(record?.body, 'own keys');
    assert.equal(record?.severityText, 'WARN');
    assert.equal(record?.attributes['exception.message'], 'no such ring');
    assert.equal(steady(own.run.stdout), steady(own.bare.stdout));
  });

  it('is taken from an ES module too, and not at all unless asked for', async () => {
    const events = async (env: Record<string, string>) =>
      (await observe(['pino.mjs'], env)).outside.map(({ eventName }) => eventName);
    assert.deepEqual(await events({ HALLMARK_LOGS_FROM: 'pino' }), ['test.default', 'test.named']);
    assert.deepEqual(await events({}), []);
  });

  it('that is asked for and switched off is told in the start-up line', async () => {
    const { run } = await observe(['pino.mjs'], {
      HALLMARK_LOGS_FROM: 'pino',
      OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'pino',
    });
    assert.match(run.stderr, /; ignored: HALLMARK_LOGS_FROM \(pino is not among the selected instrumentations\)\n$/);
  });
});
