import assert from 'node:assert/strict';
import { finishOrder, generateRing, type Placed, placeOrder, stlFile, waitForStatus } from 'customers';
import { eventually } from './eventually.js';
import { ofOrder, ofTraces, type StoredDocument, serviceOf } from './store.js';
import { theWorld, type World, worldStartMs } from './world.js';

const model = { seed: 101, triangles: 20_000 };
const services = ['internet-shop', 'shop-api', 'crm-api', 'mes-api', '3d-file-storage'];

/** Who calls whom on the way from the customer's click to the price. */
const calls = [
  'internet-shop → shop-api',
  'shop-api → 3d-file-storage',
  'shop-api → crm-api',
  'crm-api → mes-api',
  'mes-api → 3d-file-storage',
  'mes-api → crm-api',
  'crm-api → shop-api',
];

/** What people do with an order after it has its price, each at a time of their own. */
const laterSteps = ['approve', 'confirm', 'assign', 'start', 'finish'];

describe('an order from the click to the finished ring', function () {
  this.timeout(worldStartMs);
  let world: World;
  let placed: Placed;
  let spans: StoredDocument[];
  let records: StoredDocument[];
  let clickTrace: string;

  before(async () => {
    world = await theWorld();
    placed = await placeOrder(world.company.urls, model);
    await waitForStatus(placed, 'priced');
    await finishOrder(world.company.staff, placed);
    await eventually(async () => {
      const own = await world.store.logs(ofOrder(placed.orderId));
      const statuses = own.filter(({ event_name }) => event_name === 'order.status_changed');
      for (const service of ['shop-api', 'crm-api', 'mes-api']) {
        const last = statuses.findLast((record) => serviceOf(record) === service);
        assert.equal(last?.attributes['order.status.new'], 'finished', `${service} has told the end`);
      }
      const traceIds = new Set(own.flatMap(({ trace_id }) => trace_id ?? []));
      spans = await world.store.spans(ofTraces(...traceIds));
      records = await world.store.logs(ofTraces(...traceIds));
      const created = own.find(({ event_name }) => event_name === 'order.created');
      clickTrace = created?.trace_id ?? '';
      const ids = new Set(spans.map(({ span_id }) => span_id));
      const missing = spans.filter(({ parent_span_id: parent }) => parent && !ids.has(parent));
      assert.deepEqual(missing, [], 'every parent has arrived');
    });
  });

  for (const service of services) {
    it(`${service} stores records in its own log stream`, () => {
      const own = records.filter((record) => serviceOf(record) === service);
      assert.ok(own.length > 0);
      const stream = new RegExp(`^\\.ds-logs-${service.replaceAll('-', '_')}\\.otel-(default|orders)-`);
      for (const { index } of own) assert.match(index, stream);
    });

    it(`${service} stores spans in its own trace stream`, () => {
      const own = spans.filter((span) => serviceOf(span) === service);
      assert.ok(own.length > 0);
      const stream = new RegExp(`^\\.ds-traces-${service.replaceAll('-', '_')}\\.otel-default-`);
      for (const { index } of own) assert.match(index, stream);
    });
  }

  it('is one trace from the click through both queues to the price', () => {
    const of = (trace: string) => records.filter(({ trace_id }) => trace_id === trace);
    const events = of(clickTrace).map((record) => `${serviceOf(record)} ${record.event_name}`);
    for (const wanted of [
      'shop-api order.created',
      '3d-file-storage file.processing_finished',
      'crm-api message.sent',
      'mes-api message.received',
      'mes-api calculation.finished',
      'mes-api message.sent',
      'crm-api message.received',
      'crm-api order.received',
      'internet-shop order.created',
    ]) {
      assert.ok(events.includes(wanted), `${wanted} is in the trace of the click`);
    }
    const lastOfShop = of(clickTrace).findLast(
      (record) => serviceOf(record) === 'shop-api' && record.event_name === 'order.status_changed',
    );
    assert.equal(lastOfShop?.attributes['order.status.new'], 'priced');
  });

  for (const call of calls) {
    it(`the span of the callee hangs under the caller's: ${call}`, () => {
      const [caller, callee] = call.split(' → ');
      const inClick = spans.filter(({ trace_id }) => trace_id === clickTrace);
      const byId = new Map(inClick.map((span) => [span.span_id, span]));
      const edges = inClick.filter((span) => {
        const parent = byId.get(span.parent_span_id);
        return serviceOf(span) === callee && parent && serviceOf(parent) === caller;
      });
      assert.ok(edges.length > 0);
    });
  }

  it('has one root in every trace, and it is where a person came in', () => {
    for (const traceId of new Set(spans.map(({ trace_id }) => trace_id))) {
      const roots = spans.filter((span) => span.trace_id === traceId && !span.parent_span_id);
      assert.equal(roots.length, 1, `trace ${traceId}`);
      assert.equal(roots[0]?.kind, 'Server');
    }
  });

  it('gives each later step of a person a trace of its own, joined by the number', () => {
    const roots = spans.filter((span) => !span.parent_span_id);
    for (const step of laterSteps) {
      const own = roots.filter((span) => String(span.attributes['url.path'] ?? '').endsWith(`/${step}`));
      assert.equal(own.length, 1, `${step} is the root of one trace`);
      assert.notEqual(own[0]?.trace_id, clickTrace);
      assert.equal(own[0]?.attributes['order.id'], placed.orderId);
    }
  });

  it('puts the trace and the number on each record written after the service knew the number', () => {
    const known = new Map<string, string>();
    for (const record of records) {
      const service = `${record.trace_id} ${serviceOf(record)}`;
      if (record.attributes['order.id'] === placed.orderId && !known.has(service))
        known.set(service, record['@timestamp']);
    }
    const later = records.filter((record) => {
      const since = known.get(`${record.trace_id} ${serviceOf(record)}`);
      return since !== undefined && record['@timestamp'] >= since;
    });
    assert.ok(later.length > 50, `${later.length} records`);
    for (const record of later) {
      assert.equal(record.attributes['order.id'], placed.orderId, `${serviceOf(record)}: ${record.body?.text}`);
      assert.match(record.span_id ?? '', /^[0-9a-f]{16}$/);
    }
  });

  it('knows the number in every service but the shop before that service writes its first record', () => {
    for (const service of ['crm-api', 'mes-api', '3d-file-storage']) {
      const own = records.filter((record) => record.trace_id === clickTrace && serviceOf(record) === service);
      const without = own.filter((record) => record.attributes['order.id'] !== placed.orderId);
      assert.deepEqual(
        without.map(({ event_name, body }) => event_name ?? body?.text),
        [],
        service,
      );
    }
  });

  it('prices what the model is: the polygons that were ordered', () => {
    const finished = records.find(({ event_name }) => event_name === 'calculation.finished');
    assert.equal(finished?.attributes['model.polygons'], orderedPolygons());
    assert.ok(Number(finished?.attributes['order.price']) > 0);
  });
});

/** By the size of the file alone: a binary STL has 84 bytes before its triangles, and 50 bytes each. */
function orderedPolygons(): number {
  return (stlFile(generateRing(model.seed, model.triangles), 'binary').length - 84) / 50;
}
