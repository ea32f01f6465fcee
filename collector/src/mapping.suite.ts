import assert from 'node:assert/strict';
import { applyTemplates } from '@hallmark/elasticsearch';
import { type Attributes, newSpanId, newTraceId, type Sender, sendLogs, sendSpans, type Value } from './otlp.js';
import type { Addresses } from './stack-under-test.js';
import { ask, ofTrace, search, stored } from './store.js';

const shop: Sender = { resource: { 'service.name': 'shop-api' } };

export function describeMapping(addresses: () => Addresses): void {
  async function store(...records: Attributes[]) {
    const traceId = newTraceId();
    for (const attributes of records) {
      assert.equal(await sendLogs(addresses().otlp, shop, [{ traceId, body: 'x', attributes }]), 200);
    }
    return stored(addresses().admin, ofTrace(traceId), records.length);
  }

  describe('a record is stored', () => {
    it('whatever type its key had before', async () => {
      const key = `conflict_${newSpanId()}`;
      const values = ['text', 7, 1.5, true, { b: 1 }, { b: { c: 'x' } }, [1, 'a'], [{ b: 'text' }], [[1], ['a']], ''];
      await store(...values.map((value) => ({ [key]: value })));
      await store(...values.reverse().map((value) => ({ [`${key}_2`]: value })));
    });

    it('when a typed field gets another type', async () => {
      const keys = ['http.response.status_code', 'order.price', 'order.id', 'exception.message', 'model.polygons'];
      await store(
        ...keys.flatMap((key) => ['text', 7, 1.5, true, { b: 1 }, ['a', 'b']].map((value) => ({ [key]: value }))),
      );
    });

    it('with the keys a and a.b together', async () => {
      const [document] = await store({ a: 1, 'a.b': 2, 'a.b.c': 'x' });
      assert.deepEqual(document?._source.attributes, { a: 1, 'a.b': 2, 'a.b.c': 'x' });
    });

    it('with keys that are no field names', async () => {
      await store(
        { '': 1 },
        { '.': 1 },
        { 'a.': 1 },
        { '.a': 1 },
        { 'a..b': 1 },
        { ' ': 1 },
        { 'a. .b': 1 },
        { 'a b\n': 1 },
      );
      await store({ _id: 1, _source: 'x', '@timestamp': 'x' }, { ['k'.repeat(40_000)]: 1 });
    });

    it('with 10,000 different keys, and the ones after it too', async () => {
      const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`many.${at}.keys`, at]));
      const [first] = await store(many);
      assert.equal(Object.keys(first?._source.attributes ?? {}).length, 10_000);
      const [next] = await store({ 'order.id': 'ORD-AFTERMANY2' });
      assert.equal(next?._source.attributes?.['order.id'], 'ORD-AFTERMANY2');
    });

    it('with an attribute of 1 MB', async () => {
      await store({ note: 'word '.repeat(200_000) }, { note: 'x'.repeat(100_000) });
    });

    it('with maps and lists 400 deep', async () => {
      let [map, list]: [Value, Value] = ['x', 'x'];
      for (let depth = 0; depth < 400; depth++) [map, list] = [{ d: map }, [list]];
      await store({ map }, { list }, { 'order.id': 'ORD-DEEP234567', a: [1, { b: map }] });
    });

    it('with numbers that are none', async () => {
      const none = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      await store(
        ...none.flatMap((value) => [{ a: value }, { a: [value] }, { a: { b: value } }, { 'order.price': value }]),
      );
    });

    it('with its lists of plain values as they came, whatever stands beside them', async () => {
      const lists = {
        'order.id': ['ORD-LIST234567', 'ORD-LIST234568'],
        tags: ['a', 'b'],
        sizes: [1, 2.5],
        flags: [true],
      };
      const beside: Record<string, Value>[] = [
        { empty: '' },
        { a: { b: 1 }, c: [{ d: 2 }] },
        { text: '{' },
        { 'a"␞b': '␟' },
      ];
      for (const more of beside) {
        const [document] = await store({ ...lists, ...more });
        const { 'order.id': orderId, tags, sizes, flags } = document?._source.attributes ?? {};
        assert.deepEqual({ 'order.id': orderId, tags, sizes, flags }, lists, JSON.stringify(more));
      }
      const [nested] = await store({ ...lists, a: { b: 1 }, c: [{ d: 2 }], mixed: [1, { b: 2 }] });
      assert.deepEqual(nested?._source.attributes, { ...lists, 'a.b': 1, 'c.0.d': 2, 'mixed.0': 1, 'mixed.1.b': 2 });
      const twice: Attributes = [
        ['tags', ['a']],
        ['tags', { b: 'c' }],
      ];
      const [doubtful] = await store(twice);
      assert.equal(doubtful?._source.attributes?.['tags.b'], 'c');
    });

    it('with JSON in a text, which stays a text', async () => {
      const attributes = { payload: '{"a":{"b":[[1],{"c":2}]}}', tags: ['a', 'b'], 'order.id': 'ORD-JSON234567' };
      const [document] = await store(attributes);
      const { payload, 'order.id': orderId } = document?._source.attributes ?? {};
      assert.deepEqual([payload, orderId], [attributes.payload, attributes['order.id']]);
    });

    it('with times that no clock shows, and a span that ends before it starts', async () => {
      const traceId = newTraceId();
      const times = ['0', '18446744073709551615', '9223372036854775807', '1'];
      const records = times.map((timeUnixNano) => ({ traceId, timeUnixNano }));
      assert.equal(await sendLogs(addresses().otlp, shop, records), 200);
      const spans = times.map((startTimeUnixNano) => ({ traceId, name: 'x', startTimeUnixNano, endTimeUnixNano: '1' }));
      assert.equal(await sendSpans(addresses().otlp, shop, spans), 200);
      await stored(addresses().admin, ofTrace(traceId), 2 * times.length);
    });
  });

  describe('a stored record is found', () => {
    const [traceId, spanId] = [newTraceId(), newSpanId()];
    before(async () => {
      const attributes = {
        'order.id': `ORD-${spanId}`,
        'http.response.status_code': 503,
        'http.server.request.duration': 0.25,
        'model.polygons': 120000,
        'order.price': 199.5,
      };
      const record = { traceId, spanId, eventName: 'order.created', body: 'Заказ created for the ring', attributes };
      assert.equal(await sendLogs(addresses().otlp, shop, [record]), 200);
      const events = [{ name: 'exception', attributes: { 'exception.message': 'the mesh is open' } }];
      assert.equal(await sendSpans(addresses().otlp, shop, [{ traceId, spanId, name: 'POST /orders', events }]), 200);
      await stored(addresses().admin, ofTrace(traceId), 3);
    });

    const queries: Record<string, [object, number]> = {
      'by its span': [{ term: { span_id: spanId } }, 3],
      'by its order': [{ term: { 'attributes.order.id': `ORD-${spanId}` } }, 1],
      'by its order, without the prefix': [{ term: { 'order.id': `ORD-${spanId}` } }, 1],
      'not by a part of its order': [{ term: { 'order.id': `ORD-${spanId.slice(0, 8)}` } }, 0],
      'by its event': [{ term: { event_name: 'order.created' } }, 1],
      'by its service': [{ term: { 'service.name': 'shop-api' } }, 3],
      'by a word, in any case': [{ match: { 'body.text': 'заказ' } }, 1],
      'by a word of its exception': [{ match: { 'attributes.exception.message': 'mesh' } }, 1],
      'by a range of a status': [{ range: { 'http.response.status_code': { gte: 500, lt: 600 } } }, 1],
      'by a range of a duration': [{ range: { 'attributes.http.server.request.duration': { gt: 0.2, lt: 0.3 } } }, 1],
      'by a range of a count': [{ range: { 'model.polygons': { gte: 100000 } } }, 1],
      'by a range of a price': [{ range: { 'order.price': { gt: 199, lt: 200 } } }, 1],
      'by the name of its span event': [{ term: { event_name: 'exception' } }, 1],
      'by the name of its span': [{ term: { name: 'POST /orders' } }, 1],
    };
    for (const [how, [query, count]] of Object.entries(queries)) {
      it(how, async () => {
        const found = await search(addresses().admin, { bool: { filter: [ofTrace(traceId), query] } });
        assert.equal(found.length, count);
      });
    }
  });

  it('the templates end the same when they are applied again', async () => {
    const read = async () => {
      const paths = ['/_index_template/hallmark-*', '/_component_template/hallmark@*'];
      return Promise.all(paths.map(async (path) => (await ask(addresses().admin, 'GET', path)).json()));
    };
    const before = await read();
    await applyTemplates(addresses().admin);
    assert.deepEqual(await read(), before);
    assert.equal(JSON.stringify(before).includes('hallmark-traces'), true);
  });
}
