import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from './files.js';
import { compilePolicy } from './redactor.js';
import { type RedactableSpan, redactRecord, TelemetryRedactor } from './telemetry.js';

const redactor = compilePolicy(readPolicy(), { loadPhones });
const telemetry = new TelemetryRedactor(redactor);

describe('a redacted record', () => {
  it('is clean in every place, counts what was masked and names the policy', () => {
    const record = {
      body: { note: ['ivan@example.com'] },
      eventName: 'seen +7 916 123-45-67',
      severityText: 'INFO for ivan@example.com',
      attributes: {
        'order.id': 'ORD-7K2ABCDE45',
        customer: { phone: 12345, notes: [4111111111111111] },
        'change.field': 'email',
        'change.old': 'a',
        'change.new': 'b',
        'ivan@example.com': true,
        'db.query.text': "SELECT 1 FROM t WHERE name = 'Ivan' AND id = $1",
      } as Record<string, unknown>,
      resource: { attributes: { owner: 'olga@example.com' } },
      instrumentationScope: { name: 'x', attributes: { phone: '1' } },
    };
    telemetry.redactLogRecord(record);
    assert.deepEqual(record.body, { note: ['****@example.com'] });
    assert.equal(record.eventName, 'seen ****');
    assert.equal(record.severityText, 'INFO for ****@example.com');
    assert.deepEqual(record.resource.attributes, { owner: '****@example.com' });
    assert.deepEqual(record.instrumentationScope.attributes, { phone: '****' });
    const { 'redaction.masked.count': masked, 'redaction.policy': mark, ...attributes } = record.attributes;
    assert.equal(mark, redactor.mark);
    assert.ok(Number(masked) >= 9);
    assert.deepEqual(Object.fromEntries(Object.entries(attributes).filter(([key]) => !key.startsWith('redaction.'))), {
      'order.id': 'ORD-7K2ABCDE45',
      customer: { phone: '****', notes: ['****1111'] },
      'change.field': 'email',
      'change.old': '****',
      'change.new': '****',
      '****@example.com': true,
      'db.query.text': 'SELECT ? FROM t WHERE name = ? AND id = $1',
    });
  });

  it('keeps its counters when it is looked at again, and masks whatever else stands under their names', () => {
    const counters = {
      'redaction.masked.phone': 2,
      'redaction.masked.card': 99_999,
      'redaction.masked.count': 100_001,
    };
    assert.deepEqual(redactRecord(redactor, counters).record, counters);
    const smuggled = {
      'redaction.masked.phone': '2',
      'redaction.masked.card': 100_000,
      'redaction.masked.email': ['Anna'],
      'redaction.masked.password': 0.5,
      'redaction.masked.phone.mobile': 2,
    };
    const { record } = redactRecord<Record<string, unknown>>(redactor, smuggled);
    assert.deepEqual(record, {
      'redaction.masked.phone': '****',
      'redaction.masked.card': '****',
      'redaction.masked.email': ['****'],
      'redaction.masked.password': '****',
      'redaction.masked.phone.mobile': '****',
    });
  });

  it('is clean in bytes, whether they are a text or only hold one', () => {
    const { record } = redactRecord<Record<string, Uint8Array>>(redactor, {
      body: Buffer.from('почта ivan@example.com'),
      message: Buffer.from('\xff\0ivan@example.com\0\xfe', 'latin1'),
      picture: Uint8Array.of(255, 216, 255, 224),
    });
    assert.equal(String(record.body), 'почта ****@example.com');
    assert.deepEqual(record.message, Buffer.from('\xff\0****@example.com\0\xfe', 'latin1'));
    assert.deepEqual(record.picture, Uint8Array.of(255, 216, 255, 224));
  });

  it("leaves the service's own objects as they are", () => {
    const customer = { phone: '12345' };
    const record = { body: 'x', attributes: { customer } as Record<string, unknown> };
    telemetry.redactLogRecord(record);
    assert.equal(customer.phone, '12345');
    assert.deepEqual(record.attributes.customer, { phone: '****' });
  });

  it('loses its content when it cannot be redacted', () => {
    const attributes: Record<string, unknown> = { note: 'ivan@example.com' };
    Object.defineProperty(attributes, 'broken', {
      enumerable: true,
      configurable: true,
      get: () => assert.fail('read'),
    });
    const record = { body: 'ivan@example.com', attributes };
    telemetry.redactLogRecord(record);
    assert.deepEqual([record.body, record.attributes], ['', { 'redaction.failed': true }]);
  });

  it('is clean in a span: name, status, events and links', () => {
    const span = {
      name: 'find ivan@example.com',
      attributes: {} as Record<string, unknown>,
      status: { code: 2, message: 'card 4111 1111 1111 1111' },
      events: [{ name: '+7 916 123-45-67', attributes: { 'exception.message': 'ivan@example.com' } }],
      links: [{ attributes: { note: 'ivan@example.com' } }],
    };
    telemetry.redactSpan(span);
    assert.equal(span.name, 'find ****@example.com');
    assert.equal(span.status.message, 'card ****1111');
    assert.deepEqual(span.events, [{ name: '****', attributes: { 'exception.message': '****@example.com' } }]);
    assert.deepEqual(span.links, [{ attributes: { note: '****@example.com' } }]);
  });

  it('is clean in the trace states of a span, whose context stays as it is for others', () => {
    const state = (text: string) => ({ serialize: () => text });
    const context = { traceId: 'a', traceState: state('shop=1,user=ivan@example.com') };
    const made = (): RedactableSpan => ({
      name: 'x',
      attributes: {},
      status: { code: 0 },
      events: [],
      links: [{ context }, { context: { traceState: state('rojo=00f067aa0ba902b7,congo=t61rcWkgMzE') } }],
      spanContext: () => context,
    });
    const span = made();
    telemetry.redactSpan(span);
    const clean = 'shop=1,user=****@example.com';
    assert.equal(span.spanContext?.().traceState?.serialize(), clean);
    assert.deepEqual(
      span.links.map((link) => link.context?.traceState?.serialize()),
      [clean, 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE'],
    );
    assert.equal(context.traceState.serialize(), 'shop=1,user=ivan@example.com');
    const broken = { ...made(), name: undefined as unknown as string };
    telemetry.redactSpan(broken);
    assert.deepEqual([broken.spanContext?.().traceState, broken.links[0]?.context?.traceState], [undefined, undefined]);
  });

  it('is spared under a never-touched key only in the declared form', () => {
    const { record } = redactRecord(redactor, {
      'order.id': '1234567',
      'customer.id': '+7 916 123-45-67',
      'client.address': 'ul. Lenina 5',
    });
    assert.deepEqual(record, { 'order.id': '1234567', 'customer.id': '****', 'client.address': '****' });
  });

  it('ends a cycle', () => {
    const cycle: Record<string, unknown> = { phone: '12345' };
    cycle.self = cycle;
    assert.match(JSON.stringify(redactRecord(redactor, cycle).record), /"phone":"\*{4}"/);
  });
});
