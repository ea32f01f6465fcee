import assert from 'node:assert/strict';
import { storyOf } from '../example/collected.js';
import { storedRecord, storedSpan, traceIdOf } from '../example/documents.js';
import { storyLines } from './story-text.js';
import { widthOf } from './visible.js';

const trace = traceIdOf(1);
const order = { 'order.id': 'ORD-GOLD', 'customer.id': 'c-1' };
const http = { 'http.request.method': 'POST', 'http.route': '/orders', 'http.response.status_code': 201 };
const message = { 'messaging.destination.name': 'mes.orders', 'messaging.message.id': 'm-1' };

const failedOrder = [
  storedSpan({
    service: 'shop-api',
    trace,
    id: 'api',
    at: 0,
    tookMs: 1_000,
    kind: 'Server',
    attributes: { ...order, ...http },
  }),
  storedRecord({ service: 'shop-api', trace, span: 'api', at: 1_000, event: 'http.server.request', attributes: http }),
  storedRecord({
    service: 'shop-api',
    trace,
    span: 'api',
    at: 2,
    event: 'order.created',
    attributes: { ...order, 'order.status': 'created', 'order.parameters': '{"metal":"gold","size":17}' },
  }),
  storedRecord({
    service: 'shop-api',
    trace,
    span: 'api',
    at: 400,
    event: 'http.client.retry',
    severity: 'WARN',
    attributes: {
      'http.request.method': 'PUT',
      'url.path': '/files/f-1',
      'http.response.status_code': 503,
      'retry.attempts_left': 2,
    },
  }),
  storedSpan({
    service: 'mes-api',
    trace,
    id: 'process',
    parent: 'api',
    at: 500,
    tookMs: 250,
    kind: 'Consumer',
    error: 'the message was dead-lettered',
    attributes: { ...order, ...message },
  }),
  storedRecord({ service: 'mes-api', trace, span: 'process', at: 750, event: 'message.received', attributes: message }),
  storedRecord({
    service: 'mes-api',
    trace,
    span: 'process',
    at: 740.4,
    event: 'calculation.failed',
    severity: 'ERROR',
    attributes: {
      ...order,
      'exception.type': 'ModelError',
      'exception.message':
        'the mesh is open: 14 edges have one triangle, the first of them from (1.5, 2, 0) to (1.5, 2.25, 0)',
    },
  }),
  storedRecord({
    service: 'mes-api',
    trace,
    span: 'process',
    at: 741,
    body: 'three\nlines\u001b[31m',
    severity: 'INFO',
  }),
];

const page = { width: 100, colours: false, all: false };
const spanLine = (left: string, took: string, drawn: string) => `${left.padEnd(76)}${took.padStart(10)}  ${drawn}`;

describe('a story as text', () => {
  const story = storyOf({ orderId: 'ORD-GOLD' }, failedOrder);

  it('has a header, a line for each thing that happened, trouble in full beneath its line, and what was folded', () => {
    assert.deepEqual(
      [...storyLines(story, page)],
      [
        'Order ORD-GOLD  ✓ whole',
        '  customer  c-1',
        '  status    created',
        '  when      2026-11-21 01:40:12.104 – 01:40:13.104 UTC, 1.00 s',
        '  services  shop-api, mes-api',
        '  read      1 trace, 2 spans, 6 records, 1 message',
        '  errors    2, see mes-api: ModelError: the mesh is open: 14 edges have one triangle, the first of',
        '            them from (1.5, 2, 0) to (1.5, 2.25, 0)',
        '',
        '── trace aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1  2026-11-21 01:40:12.104  POST /orders',
        spanLine('    0.000  shop-api  ✓ POST /orders  201', '1.00 s', '████████████'),
        '    0.002              · order.created  created  metal gold, size 17',
        '!   0.400              ! WARN  http.client.retry  PUT  /files/f-1  503  attempts left 2',
        spanLine('✗   0.500  mes-api     ✗ ← mes.orders  message m-1', '250 ms', '      ███'),
        '                         the message was dead-lettered',
        '✗   0.740                ✗ ERROR  calculation.failed',
        '                           ModelError: the mesh is open: 14 edges have one triangle, the first of',
        '                           them from (1.5, 2, 0) to (1.5, 2.25, 0)',
        '    0.741                · three\\nlines\\x1b[31m',
        '',
        '· not printed: 2 records that only repeat or frame what is; --all prints each',
      ],
    );
  });

  it('prints each span and record when asked to', () => {
    const lines = [...storyLines(story, { ...page, all: true })];
    assert.equal(lines.filter((line) => /http\.server\.request|message\.received/.test(line)).length, 2);
    assert.ok(!lines.some((line) => line.includes('--all')));
  });

  it('leaves out what the preload wrote on each record, unless everything is asked for', () => {
    const redacted = storedRecord({
      service: 'shop-api',
      trace,
      at: 1,
      event: 'newsletter.ordered',
      attributes: {
        'redaction.policy': 'ac0339709639',
        'redaction.masked.email': 1,
        'redaction.masked.count': 1,
        'newsletter.language': 'en',
        'log.record.uid': '0c9d4b7e-58a1-8f3c-9b20-000000000007',
      },
    });
    const lineOf = (all: boolean) =>
      [...storyLines(storyOf({ traceId: trace }, [redacted]), { ...page, width: 240, all })]
        .find((line) => line.includes('newsletter.ordered'))
        ?.replace(/^.* · /, '');
    assert.equal(lineOf(false), 'newsletter.ordered  newsletter.language en');
    assert.equal(
      lineOf(true),
      'newsletter.ordered  redaction.policy ac0339709639  redaction.masked.email 1  redaction.masked.count 1  newsletter.language en  log.record.uid 0c9d4b7e-58a1-8f3c-9b20-000000000007',
    );
  });

  it('never prints a line that is wider than asked for', () => {
    for (const width of [60, 100, 160]) {
      for (const line of storyLines(story, { ...page, width })) {
        assert.ok(widthOf(line) <= width, `${widthOf(line)} > ${width}: ${line}`);
      }
    }
  });

  it('says at its end what is missing and what is worth knowing', () => {
    const partial = storyOf({ orderId: 'ORD-GOLD' }, [
      ...failedOrder,
      storedSpan({ service: 'crm-api', trace, id: 'lost', parent: 'nobody', at: 900 }),
      storedRecord({ service: 'crm-api', trace, at: 901, body: 'not ours', attributes: { 'order.id': 'ORD-OTHER' } }),
    ]);
    const lines = [...storyLines(partial, page)];
    assert.equal(lines[0], 'Order ORD-GOLD  ! partial, 1 gap: see the end');
    assert.deepEqual(lines.slice(-3), [
      "! span 6e6f626f64792e2e of trace aaaaaaaa never came: it is the parent of crm-api 'lost'",
      '· 1 entry of 1 other order in the same trace left out',
      '· not printed: 2 records that only repeat or frame what is; --all prints each',
    ]);
  });

  it('has no escape of its own without colours, and red for errors with them', () => {
    const escapeSequence = '\u001b[';
    assert.ok([...storyLines(story, page)].every((line) => !line.includes(escapeSequence)));
    const failed = [...storyLines(story, { ...page, colours: true })].find((line) =>
      line.includes('calculation.failed'),
    );
    assert.ok(failed?.includes(`${escapeSequence}31m`));
  });

  it('has one line for traces that only looked at the order, between those that did more', () => {
    const look = (number: number, at: number, path: string, more: Parameters<typeof storyOf>[1] = []) => {
      const place = { service: 'shop', trace: traceIdOf(number), at };
      const attributes = { ...order, 'http.request.method': 'GET', 'http.route': path };
      const read = { parent: 'look', kind: 'Client', attributes: { 'db.query.text': 'SELECT 1' } } as const;
      return [
        storedSpan({ ...place, id: 'look', kind: 'Server', attributes }),
        storedRecord({ ...place, span: 'look', event: 'page.viewed' }),
        storedSpan({ ...place, id: 'read', ...read }),
        ...more,
      ];
    };
    const slow = {
      service: 'shop',
      trace: traceIdOf(5),
      span: 'look',
      at: 90_000,
      severity: 'WARN',
      event: 'page.viewed',
    } as const;
    const looked = storyOf({ orderId: 'ORD-GOLD' }, [
      ...failedOrder,
      ...look(2, 2_000, '/orders/:id'),
      ...look(3, 62_000, '/orders/:id'),
      ...look(4, 63_000, '/orders'),
      ...look(5, 90_000, '/orders/:id', [storedRecord(slow)]),
    ]);
    const titles = [...storyLines(looked, page)].filter((line) => line.startsWith('──'));
    assert.deepEqual(titles, [
      '── trace aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1  2026-11-21 01:40:12.104  POST /orders',
      '── looked at 3 times  01:40:14.104, 2.00 s later – 1 min 3 s later  GET /orders/:id, GET /orders',
      '── trace aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa5  01:41:42.104, 1 min 30 s later  GET /orders/:id',
    ]);
    assert.equal([...storyLines(looked, { ...page, all: true })].filter((line) => line.startsWith('──')).length, 5);
    const onlyLooked = [...storyLines(storyOf({ orderId: 'ORD-GOLD' }, look(2, 0, '/orders/:id')), page)];
    assert.ok(onlyLooked.some((line) => line.includes('✓ GET /orders/:id')));
  });

  it('prints 5,000 spans in a deep tree within the width', () => {
    const deep = Array.from({ length: 5_000 }, (_, index) =>
      storedSpan({
        service: 'mes-api',
        trace,
        id: index.toString(36),
        at: index,
        ...(index > 0 && { parent: (index - 1).toString(36) }),
      }),
    );
    const lines = [...storyLines(storyOf({ traceId: trace }, deep), page)];
    assert.ok(lines.length > 5_000);
    assert.ok(lines.every((line) => widthOf(line) <= 100));
  });
});
