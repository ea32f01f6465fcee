import assert from 'node:assert/strict';
import { type Finding, lookOnce, readCatalogue } from '@hallmark/catalogue';
import { finishOrder, placeOrder } from 'customers';
import { eventually } from './eventually.js';
import { theWorld, type World, worldStartMs } from './world.js';

/** What an order that goes well leaves behind, system by system; `npm run catalogue` also makes things fail, and finds all rows. */
const ordinary: Readonly<Record<string, readonly string[]>> = {
  'internet-shop': ['site.entered', 'page.viewed', 'link.followed', 'user.created', 'order.created'],
  'shop-api': ['http.server.request', 'order.created', 'order.status_changed'],
  crm: ['user.created', 'user.logged_in'],
  'crm-api': ['http.server.request', 'order.received', 'message.sent', 'message.received'],
  mes: ['order.assigned', 'orders.listed'],
  'mes-api': ['calculation.started', 'calculation.finished', 'message.sent', 'message.received'],
  rabbitmq: ['message.transferred', 'broker.log'],
  postgresql: ['db.query', 'server.log'],
  '3d-file-storage': ['file.processing_started', 'file.processing_finished', 's3.access'],
  'every-service': ['service.started'],
};

/** On a busy machine the first requests to a store that makes its streams are answered late, and repeated. Unit: milliseconds. */
const arrivalMs = 120_000;

describe('the events of an order that goes well', function () {
  this.timeout(worldStartMs + arrivalMs);
  let world: World;

  before(async () => {
    world = await theWorld();
    await finishOrder(world.company.staff, await placeOrder(world.company.urls, { seed: 1_501, triangles: 6_000 }));
  });

  it('are found as the catalogue lists them, with every field, severity, type and trace', async () => {
    const rows = readCatalogue().filter(({ system, event }) => ordinary[system]?.includes(event));
    assert.equal(rows.length, Object.values(ordinary).flat().length);
    const url = world.stack.env.LOOKUP_ELASTICSEARCH_URL ?? '';
    await eventually(async () => {
      const { findings, types } = await lookOnce(url, rows, new Date(0));
      assert.deepEqual(findings.filter(({ found }) => !found).map(spoken), []);
      assert.deepEqual(types.wrong, []);
      assert.equal(types.lookedInto, types.records);
    }, arrivalMs);
  });
});

function spoken({ row, count, missing, severities }: Finding): string {
  return `${row.system} ${row.event}: ${count}, without ${missing.join(', ')}, with ${severities.join(', ')}`;
}
