import assert from 'node:assert/strict';
import { storyOf } from '../example/collected.js';
import { storedRecord, traceIdOf } from '../example/documents.js';
import { exampleOrder, exampleOrderId } from '../example/order.js';
import { summarise } from './summarise.js';

describe('the summary of a story', () => {
  const summary = summarise(storyOf({ orderId: exampleOrderId }, exampleOrder()));

  it('names the services in the order in which they came into it', () => {
    assert.deepEqual(
      summary.services.map(({ name }) => name),
      ['internet-shop', 'shop-api', '3d-file-storage', 'crm-api', 'mes-api'],
    );
  });

  it('joins both ends of a message by its id, from spans and records alike', () => {
    assert.deepEqual(summary.messages, [
      { id: 'm-1', destination: 'mes.orders', sentBy: ['crm-api'], receivedBy: ['mes-api'] },
      { id: 'm-2', destination: 'crm.orders', sentBy: ['mes-api'], receivedBy: ['crm-api'] },
    ]);
  });

  it('counts a statement once, though a span and a record tell of it', () => {
    assert.deepEqual(
      summary.statements.map(({ service, text }) => `${service} ${text.split(' ')[0]}`),
      ['shop-api INSERT', 'crm-api INSERT', 'crm-api UPDATE'],
    );
  });

  it('tells the way of the status once, though each service tells of it', () => {
    assert.deepEqual(summary.statusPath, ['created', 'calculating', 'calculated']);
    assert.equal(summary.statusChanges.length, 4);
    assert.equal(summary.status, 'calculated');
  });

  it('tells a change once that a service notes late, and again when it happens again', () => {
    const changes = [
      ['shop-api', 'priced', 'approved'],
      ['crm-api', 'approved', 'confirmed'],
      ['mes-api', 'priced', 'approved'],
      ['mes-api', 'approved', 'confirmed'],
      ['shop-api', 'confirmed', 'priced'],
      ['shop-api', 'priced', 'approved'],
    ] as const;
    const records = changes.map(([service, from, to], at) =>
      storedRecord({
        ...{ service, at, trace: traceIdOf(1), event: 'order.status_changed' },
        attributes: { 'order.id': exampleOrderId, 'order.status.old': from, 'order.status.new': to },
      }),
    );
    const { statusPath } = summarise(storyOf({ orderId: exampleOrderId }, records));
    assert.deepEqual(statusPath, ['priced', 'approved', 'confirmed', 'priced', 'approved']);
  });

  it('has the order, its customer and its price', () => {
    assert.deepEqual([summary.orders, summary.customer, summary.price], [['ORD-7K2MXQ4BTZ'], 'c-104', '412.50']);
  });
});
