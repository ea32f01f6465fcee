import assert from 'node:assert/strict';
import type { Hit } from '../search/answer.js';
import { foundLines, tailLine } from './found-text.js';

const found = (time: string, service: string, more: Partial<Hit>): Hit => ({
  type: 'record',
  time,
  timeMs: Date.parse(time),
  service,
  severity: 'INFO',
  severityNumber: 9,
  body: '',
  attributes: {},
  ...more,
});

describe('records that a search found', () => {
  it('stand one a line, with what went wrong where there is room for one of both', () => {
    const failure = { 'exception.type': 'ModelError', 'exception.message': 'the mesh is open' };
    const records: Hit[] = [
      found('2026-11-21T01:40:13.000000Z', 'mes-api', {
        severity: 'ERROR',
        severityNumber: 17,
        orderId: 'ORD-1',
        eventName: 'calculation.failed',
        body: 'calculation failed',
        attributes: failure,
      }),
      found('2026-11-21T01:40:12.104000Z', 'shop', { body: 'open\n\u001b[31m' }),
    ];
    const page = { width: 100, colours: false };
    assert.deepEqual(
      [
        ...foundLines(
          records,
          { total: 2, verdict: 'partial', gaps: [{ kind: 'no-access', text: 'no access to crm' }] },
          page,
        ),
      ],
      [
        '2026-11-21 01:40:13.000  mes-api  ERROR  ORD-1  calculation.failed  ModelError: the mesh is open',
        '2026-11-21 01:40:12.104  shop     INFO   open\\n\\x1b[31m',
        '! partial: no access to crm',
      ],
    );
  });

  it('are called whole where they are all that there is', () => {
    const page = { width: 100, colours: false };
    const one = found('2026-11-21T01:40:13.000000Z', 'shop', { body: 'cold' });
    const [, verdict] = [...foundLines([one], { total: 1, verdict: 'whole', gaps: [] }, page)];
    assert.equal(verdict, '✓ whole: 1 hit');
  });

  it('that came late are marked, and a span has its duration', () => {
    const late = { ...found('2026-11-21T01:40:13.000000Z', 'crm-api', { body: 'cold' }), late: true as const };
    const span = found('2026-11-21T01:40:13.000000Z', 'crm-api', {
      type: 'span',
      body: 'GET /',
      durationMs: 12,
      severity: '',
    });
    const page = { width: 100, colours: false };
    assert.equal(tailLine(late, page), '2026-11-21 01:40:13.000  late  crm-api           INFO   cold');
    assert.equal(tailLine(span, page), '2026-11-21 01:40:13.000  crm-api                  GET /  12 ms');
  });
});
