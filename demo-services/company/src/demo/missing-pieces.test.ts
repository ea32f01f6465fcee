import assert from 'node:assert/strict';
import type { Story, StorySummary } from '@hallmark/lookup';
import { SERVICE_NAMES } from '../service-plans.js';
import { missingPieces } from './missing-pieces.js';

const WAY = ['created', 'calculating', 'priced', 'approved', 'confirmed', 'assigned', 'in_production', 'finished'];
const KEEPERS = ['shop-api', 'crm-api', 'mes-api'];

const story = storyWith({ eventName: 'calculation.finished', attributes: { 'order.price': 12.5 } });
const whole = {
  services: SERVICE_NAMES.map((name) => ({ name, spans: 1, records: 1, errors: 0 })),
  messages: [1, 2].map(() => ({ destination: 'mes.orders', sentBy: ['crm-api'], receivedBy: ['mes-api'] })),
  statements: [1, 2, 3].map(() => ({
    service: 'mes-api',
    operation: 'SELECT',
    text: '',
    durationMs: 1,
    failed: false,
  })),
  statusChanges: KEEPERS.flatMap((service) =>
    WAY.slice(1).map((to, index) => ({ time: '', service, from: WAY[index] ?? '', to })),
  ),
  gaps: [],
} as unknown as StorySummary;

describe("what is missing in an order's story", () => {
  it('is nothing when it is whole', () => {
    assert.deepEqual(missingPieces(whole, story), []);
  });

  it('is named piece by piece', () => {
    const without = (change: Partial<StorySummary>) => missingPieces({ ...whole, ...change }, story);
    assert.deepEqual(without({ services: whole.services.filter(({ name }) => name !== 'mes-api') }), [
      'the service mes-api',
    ]);
    assert.deepEqual(without({ messages: whole.messages.slice(1) }), [
      'messages that were sent and received: 1, at least 2 are expected',
    ]);
    assert.deepEqual(without({ statements: [] }), ['database statements: 0, at least 3 are expected']);
    assert.deepEqual(without({ gaps: [{ kind: 'cut', text: 'cut at 5 of 6' }] }), ['cut at 5 of 6']);
    const [first, ...others] = whole.statusChanges;
    assert.ok(first);
    assert.deepEqual(without({ statusChanges: others }), ['the status change at shop-api: created to calculating']);
  });

  it('is a message that nobody received', () => {
    const lost = whole.messages.map((message) => ({ ...message, receivedBy: [] }));
    assert.equal(missingPieces({ ...whole, messages: lost }, story).length, 1);
  });

  it('is the price, when there is no calculation or it has none', () => {
    const expected = ['the calculation of the price (calculation.finished with order.price)'];
    assert.deepEqual(missingPieces(whole, storyWith({ eventName: 'calculation.started', attributes: {} })), expected);
    assert.deepEqual(missingPieces(whole, storyWith({ eventName: 'calculation.finished', attributes: {} })), expected);
  });
});

function storyWith(record: object): Story {
  return { traces: [{ entries: [{ type: 'record', ...record }] }] } as unknown as Story;
}
