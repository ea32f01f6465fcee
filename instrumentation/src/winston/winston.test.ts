import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type ReceivedRecord, startReceiver } from '../testing/receiver.js';
import { fourAtATime, type Run, room, runService } from '../testing/run-service.js';

interface Outcome {
  readonly run: Run;
  readonly bare: Run;
  readonly records: readonly ReceivedRecord[];
}

/** Every case of the fixture, so that each is run once. */
const names = [...readFileSync(`${room}fixtures/winston-cases.cjs`, 'utf8').matchAll(/^ {2}'([^']+)': /gm)].map(
  ([, name]) => String(name),
);

describe('winston', () => {
  const outcomes = new Map<string, Outcome>();

  before(async function () {
    this.timeout(120_000);
    await fourAtATime(names, async (name) => {
      const receiver = await startReceiver();
      const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, HALLMARK_EXIT_TIMEOUT_MS: '10000' };
      const run = await runService({ args: ['winston-cases.cjs', name], env });
      const bare = await runService({ args: ['winston-cases.cjs', name], flag: 'none' });
      await receiver.close();
      const records = receiver.records.filter(({ eventName }) => !eventName.startsWith('service.'));
      outcomes.set(name, { run, bare, records });
    });
  });

  const outcome = (name: string): Outcome => outcomes.get(name) ?? assert.fail(`no case ${name}`);
  const only = (name: string): ReceivedRecord => {
    const { records, run } = outcome(name);
    assert.equal(records.length, 1, `${JSON.stringify(records)} ${run.stderr}`);
    return records[0] as ReceivedRecord;
  };
  const bodies = (name: string) => outcome(name).records.map(({ body }) => body);

  it('prints outside of a trace exactly what it prints without the preload', () => {
    const differing = names
      .filter((name) => !name.includes('logged again'))
      .filter((name) => {
        // Stack traces show the frames of the hook.
        const steady = (text: string) => text.replaceAll(/"\d{4}-[^"]+Z"|\\n\s+at [^"]*/g, '');
        return steady(outcome(name).run.stdout) !== steady(outcome(name).bare.stdout);
      });
    assert.deepEqual(differing, []);
  });

  it('never makes a case fail, and says nothing but its start-up line', () => {
    for (const name of names) {
      const { run, bare } = outcome(name);
      assert.equal(run.code, 0, `${name}: ${run.stderr}`);
      assert.equal(run.stderr.replace(/^hallmark: .*\n/, ''), bare.stderr, name);
    }
  });

  it('sends texts, objects and fields', () => {
    assert.equal(only('a text').body, 'hello');
    assert.deepEqual(only('a text').attributes, {});
    assert.equal(only('an object').body, 'as object');
    assert.deepEqual(only('an object').attributes, { 'file.id': 'f1' });
    assert.equal(only('an object as the message').body, '{"a":1}');
    assert.deepEqual(only('fields').attributes, { count: 3, ok: true, nested: { a: [1, 'two'] }, list: [1, 2] });
    assert.deepEqual(only('defaultMeta').attributes, { region: 'north' });
    assert.deepEqual(only('format.metadata').attributes, { metadata: { a: 1 } });
    assert.deepEqual(only('format.timestamp').attributes, {});
  });

  it('turns a real error into exception attributes, however it is logged', () => {
    const expected: [string, string, string][] = [
      ['an error alone', 'TypeError', 'alone'],
      ['an error as a field', 'UploadError', 'too large'],
      ['an error as err', 'UploadError', 'too large'],
      ['an error as the second argument', 'TypeError', 'second'],
      ['an error by a child', 'RangeError', 'by a child'],
    ];
    for (const [name, type, message] of expected) {
      const { attributes } = only(name);
      assert.equal(attributes['exception.type'], type, name);
      assert.equal(attributes['exception.message'], message, name);
      assert.match(String(attributes['exception.stacktrace']), /\n\s+at .*winston-cases\.cjs/, name);
      for (const key of ['error', 'err', 'stack']) assert.ok(!(key in attributes), `${name} has ${key}`);
    }
    assert.match(
      String(only('an error with a cause').attributes['exception.stacktrace']),
      /\nCaused by: TypeError: inner\n/,
    );
    assert.equal(
      (only('an error in an object').attributes as { problem: { inner: Record<string, string> } }).problem.inner[
        'exception.message'
      ],
      'deep',
    );
  });

  it('makes an exception of nothing else', () => {
    assert.deepEqual(only('a text as error').attributes, { error: 'timed out', stack: 'LAMP', code: 42 });
    assert.deepEqual(only('%s').attributes, { more: true });
    assert.equal(only('%s').body, 'user u1 has 2');
    assert.deepEqual(only('%s without the splat format').attributes, {});
    assert.equal(only('%j').body, 'got {"a":1}');
  });

  it('gives the label its attribute', () => {
    assert.deepEqual(only('a child logger').attributes, { 'code.namespace': 'orders', 'customer.id': 'c1' });
    assert.equal(only('format.label').attributes['code.namespace'], 'parts');
  });

  it('gives each level a severity', () => {
    const severities = (name: string) =>
      Object.fromEntries(
        outcome(name).records.map(({ body, severityText, severityNumber }) => [
          body,
          `${severityText} ${severityNumber}`,
        ]),
      );
    assert.deepEqual(severities('npm levels'), {
      error: 'ERROR 17',
      warn: 'WARN 13',
      info: 'INFO 9',
      http: 'DEBUG 7',
      verbose: 'DEBUG 6',
      debug: 'DEBUG 5',
      silly: 'TRACE 1',
    });
    assert.deepEqual(severities('syslog levels'), {
      emerg: 'FATAL 23',
      alert: 'FATAL 22',
      crit: 'FATAL 21',
      error: 'ERROR 17',
      warning: 'WARN 13',
      notice: 'INFO 10',
      info: 'INFO 9',
      debug: 'DEBUG 5',
    });
    const custom = outcome('custom levels').records.map(({ severityNumber }) => severityNumber);
    assert.equal(custom.length, 5);
    assert.ok(
      custom.every((number, index) => index === 0 || number < (custom[index - 1] ?? 0)),
      String(custom),
    );
    const unknown = outcome('unknown levels only').records.map(({ severityNumber }) => severityNumber);
    assert.deepEqual(unknown, [21, 13, 5]);
  });

  it('holds to the levels of logger and transports', () => {
    assert.deepEqual(bodies('the level of the logger'), ['at']);
    assert.deepEqual(bodies('a level per transport'), ['taken by the second']);
    assert.deepEqual(bodies('a level that is changed'), ['after']);
    for (const name of ['silent', 'a silent transport', 'a format that drops'])
      assert.deepEqual(bodies(name), [], name);
  });

  it("sends what the logger's formats leave", () => {
    assert.deepEqual(only('a format that removes a field').attributes, { other: 'o' });
    assert.equal(only('colorize').body, 'in colour');
    assert.equal(only('colorize').severityText, 'WARN');
  });

  it('sends nothing twice and loses no logger', () => {
    assert.deepEqual(bodies('shared transports'), ['first', 'second']);
    assert.deepEqual(bodies('transports that are replaced'), ['still here', 'and here']);
    assert.deepEqual(bodies('the transport of OpenTelemetry'), ['sent once']);
    assert.deepEqual(bodies('the default logger'), ['by default']);
  });

  it('takes records of both logs APIs', () => {
    assert.deepEqual(
      [only('the logs API of before').body, only('the logs API of before').scope],
      ['by the former API', 'former'],
    );
    assert.deepEqual(
      [only('the logs API of today').body, only('the logs API of today').scope],
      ['by the API', 'present'],
    );
  });

  it('carries any value', () => {
    assert.deepEqual(only('odd values').attributes, {
      circular: { name: 'ring', self: '[circular]' },
      big: '12345678901234567890',
      symbol: 'Symbol(s)',
      date: '1970-01-01T00:00:00.000Z',
      wrongDate: 'Invalid Date',
      map: { k: 1 },
      set: [1, 2],
      buffer: 'hello',
      picture: '/9j/4A==',
      call: '[function pay]',
      nan: 'NaN',
      endless: 'Infinity',
      expression: '/x+/g',
      surrogate: 'a\ufffdb',
      a: 1,
      'a.b': 2,
      trap: 'read once',
    });
    assert.deepEqual(only('a getter that throws').attributes, { good: 1, inner: { bad: '[unreadable]', good: 2 } });
  });

  it('looks into bytes for what is personal', () => {
    const { mail, framed, nested } = only('bytes').attributes;
    assert.deepEqual(
      { mail, framed, nested },
      {
        mail: '****@example.com',
        framed: '\ufffd\0****@example.com\0',
        nested: { body: '{"phone":"****"}' },
      },
    );
  });

  it('cuts what is too long and says so', () => {
    const { body, attributes } = only('a message of 5 MB');
    assert.ok(body.length < 70_000);
    assert.match(body, /x… \[cut, 5242880 characters\]$/);
    assert.match(String(attributes.long), /y… \[cut, 100000 characters\]$/);
    const { attributes: kept, droppedAttributes } = only('10000 keys');
    assert.equal(Object.keys(kept).length, 128);
    assert.equal(droppedAttributes, 10_000 - 128);
  });

  it('cuts long attributes to what a record may hold in all, says of each that it did, and keeps the error', () => {
    const { attributes, droppedAttributes } = only('120 long attributes');
    assert.equal(droppedAttributes, 0);
    const { 'exception.stacktrace': stack, ...fields } = attributes;
    assert.match(String(stack), /^Error: kept whole\n\s+at [^…]+$/);
    assert.equal(fields.key0, 'z'.repeat(8_000));
    assert.equal(fields.key119, '… [cut, 8000 characters]');
    assert.ok(Object.entries(attributes).flat().join('').length <= 65_536);
  });

  it('repairs lone surrogates in texts and keys, which no protobuf may carry', () => {
    const { body, attributes } = only('lone surrogates');
    assert.equal(body, 'ring \ufffd');
    assert.deepEqual(attributes, { 'key \ufffd': 'value \ufffd', nested: { 'inner \ufffd': '\ufffd 1' } });
  });

  it('changes no object of the service', () => {
    const { run, bare } = outcome('options that stay as they are');
    assert.equal(run.stdout, bare.stdout);
    assert.deepEqual(bodies('options that stay as they are'), ['frozen', 'my object']);
  });

  it('leaves no trace on an error that is logged again elsewhere', () => {
    const [inside, outside] = outcome('an error that is logged again outside').run.stdout.trim().split('\n');
    assert.match(String(inside), /"trace_id":"[0-9a-f]{32}"/);
    assert.doesNotMatch(String(outside), /trace_id/);
    const [first, second] = outcome('an error that is logged again outside').records;
    assert.match(String(first?.traceId), /^[0-9a-f]{32}$/);
    assert.equal(second?.traceId, '');
  });
});
