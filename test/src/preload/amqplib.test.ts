import assert from 'node:assert/strict';
import { type Case, type Cases, linesOf, observeFixture, runCases } from './cases.js';
import { partsStartMs, theParts } from './parts.js';

/** How often a message of the case is sent and delivered. */
const flows: Readonly<Record<string, { readonly sent: number; readonly received: number }>> = {
  promise: { sent: 1, received: 1 },
  callback: { sent: 1, received: 1 },
  'confirm channel': { sent: 1, received: 1 },
  exchange: { sent: 1, received: 1 },
  nack: { sent: 1, received: 2 },
  'dead letter': { sent: 1, received: 2 },
  ackAll: { sent: 3, received: 3 },
  noAck: { sent: 1, received: 1 },
  get: { sent: 1, received: 0 },
  'channel that closes over a message': { sent: 1, received: 1 },
  'work that outlives the ack': { sent: 1, received: 1 },
};

const failures: Readonly<Record<string, { readonly type: string; readonly says: RegExp }>> = {
  'refused by the broker': { type: 'Error', says: /nack/ },
  'closed channel': { type: 'IllegalOperationError', says: /Channel closed/ },
  'closed confirm channel': { type: 'IllegalOperationError', says: /Channel closed/ },
};

const messageId = 'messaging.message.id';

describe('amqplib under the preload', function () {
  this.timeout(partsStartMs);
  let cases: Cases;

  before(async () => {
    cases = await runCases(['amqplib-cases.cjs', (await theParts()).brokerUrl]);
  });

  it('gives the service the messages and the errors that it gives without', () => {
    assert.deepEqual(cases.observed, cases.bare);
    assert.ok(cases.names.length > 15);
  });

  for (const [name, { sent, received }] of Object.entries(flows)) {
    it(`records ${sent} sent and ${received} received: ${name}`, () => {
      const own = cases.of(name);
      assert.equal(own.event('message.sent').length, sent);
      assert.equal(own.event('message.received').length, received);
      assert.equal(own.kind('producer').length, sent);
      assert.equal(own.kind('consumer').length, received);
      assert.deepEqual(own.event('message.send_failed'), []);
    });

    it(`hangs each delivery under the sending, with one id: ${name}`, () => {
      const own = cases.of(name);
      const idOf = new Map(own.kind('producer').map((span) => [span.spanId, span.attributes[messageId]]));
      assert.equal(new Set(idOf.values()).size, sent);
      for (const consumer of own.kind('consumer')) {
        assert.ok(idOf.has(consumer.parentSpanId));
        assert.equal(consumer.attributes[messageId], idOf.get(consumer.parentSpanId));
      }
      for (const record of [...own.event('message.sent'), ...own.event('message.received')]) {
        assert.ok([...idOf.values()].includes(record.attributes[messageId] as string));
        assert.equal(record.attributes['messaging.message.body.size'], bodySize(own, record.attributes[messageId]));
      }
    });
  }

  for (const [name, { type, says }] of Object.entries(failures)) {
    it(`records one sending that failed and says why: ${name}`, () => {
      const own = cases.of(name);
      const [failed, ...more] = own.event('message.send_failed');
      assert.deepEqual(more, []);
      assert.equal(failed?.severityText, 'ERROR');
      assert.equal(failed?.attributes['error.type'], type);
      assert.match(String(failed?.attributes['exception.message']), says);
      assert.match(String(failed?.attributes['messaging.destination.name']), /^amq\.gen-/);
      assert.deepEqual(own.event('message.sent'), []);
      assert.equal(own.kind('producer').length, 1);
    });
  }

  it('keeps the id that the service sets and sets one where it sets none', () => {
    const [own] = cases.of('exchange').event('message.sent');
    assert.equal(own?.attributes[messageId], 'own-id-1');
    const [given] = cases.of('promise').event('message.sent');
    assert.match(String(given?.attributes[messageId]), /^[0-9a-f-]{36}$/);
  });

  it('names a message by its exchange, or by its queue where there is none', () => {
    const destination = (name: string) =>
      cases.of(name).event('message.sent')[0]?.attributes['messaging.destination.name'];
    assert.match(String(destination('exchange')), /^rings-\d+$/);
    assert.match(String(destination('promise')), /^amq\.gen-/);
  });

  it("logs in the consumer's trace, which is the producer's, also after the ack", () => {
    const worked = ['promise', 'callback', 'confirm channel', 'nack', 'dead letter', 'noAck'];
    for (const name of worked) logIsOfConsumer(cases.of(name), 'test.worked');
    logIsOfConsumer(cases.of('work that outlives the ack'), 'test.worked late');
  });

  it("calls the confirmation back in the sending's context", () => {
    const own = cases.of('confirm channel');
    const [confirmed] = own.event('test.confirmed');
    assert.equal(confirmed?.spanId, own.kind('producer')[0]?.spanId);
  });

  it('makes nothing of a cancelled consumer', () => {
    const own = cases.of('cancel');
    assert.equal(cases.observed.get('cancel'), null);
    assert.deepEqual([...own.kind('consumer'), ...own.kind('producer')], []);
  });

  it('prints the trace of a message on the line that its consumer logs', () => {
    const lines = linesOf(cases.run).filter(({ event }) => event === 'test.worked');
    assert.ok(lines.length >= 6);
    for (const line of lines) assert.equal(line.trace_id, cases.of(String(line['test.case'])).traceId);
  });

  it('reads keys from the headers of messages only of a broker that is listed', async () => {
    const { brokerUrl } = await theParts();
    const keysWith = async (accepted: string) => {
      const { run, receiver } = await observeFixture(['amqplib-cases.cjs', brokerUrl], {
        HALLMARK_CONTEXT_FROM: 'order.id=own',
        HALLMARK_CONTEXT_ACCEPT_FROM: accepted,
      });
      assert.equal(run.code, 0, run.stderr);
      const received = receiver.event('message.received').map(({ attributes }) => attributes['order.id']);
      return received.filter((key) => key !== undefined);
    };
    assert.deepEqual(await keysWith(new URL(brokerUrl).hostname), ['header']);
    assert.deepEqual(await keysWith('192.0.2.1'), []);
  });
});

function bodySize({ spans }: Case, id: unknown): unknown {
  return spans.find(({ attributes }) => attributes[messageId] === id)?.attributes['messaging.message.body.size'];
}

function logIsOfConsumer(own: Case, event: string): void {
  const [logged, ...more] = own.event(event);
  assert.deepEqual(more, []);
  assert.ok(own.kind('consumer').some(({ spanId }) => spanId === logged?.spanId));
}
