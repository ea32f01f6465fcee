import assert from 'node:assert/strict';
import { policyMark, readPolicy } from '@hallmark/privacy';
import { inLog, inSpan, type Place, places, shop } from './masking-places.js';
import { type Attributes, newTraceId, sendLogs } from './otlp.js';
import { lookAlikes, planted } from './personal-values.js';
import type { Addresses } from './stack-under-test.js';
import { type StoredDocument, stored } from './store.js';

/** A record that was redacted in its process carries the policy's mark, others don't. */
const marks: readonly Attributes[] = [{ 'redaction.policy': policyMark(readPolicy()) }, {}];

export function describeMasking(addresses: () => Addresses): void {
  /** Sends each text by itself in the same place. @returns what was stored of each */
  async function roundTrips(place: Place, texts: readonly string[]): Promise<StoredDocument[][]> {
    const traceIds = texts.map(() => newTraceId());
    const counts = await Promise.all(texts.map((text, at) => place(addresses().otlp, traceIds[at] ?? '', text)));
    const sum = counts.reduce((total, count) => total + count, 0);
    const documents = await stored(addresses().admin, { terms: { trace_id: traceIds } }, sum);
    return traceIds.map((traceId) => documents.filter(({ _source }) => _source.trace_id === traceId));
  }

  async function roundTrip(place: Place): Promise<Readonly<Record<string, unknown>>> {
    const [documents] = await roundTrips(place, ['']);
    return documents?.[0]?._source.attributes ?? {};
  }

  describe('what is personal', () => {
    for (const [where, place] of Object.entries(places)) {
      it(`is not stored from ${where}`, async () => {
        const documents = await roundTrips(
          place,
          planted.map(({ text }) => text),
        );
        const kept = planted.filter(({ secret }, at) => {
          return JSON.stringify(documents[at]).includes(JSON.stringify(secret).slice(1, -1));
        });
        assert.deepEqual(kept, []);
      });
    }

    it('is not stored, and its record is not emptied for it', async () => {
      const place = inLog((text) => ({ body: text, attributes: { note: text, count: 4111111111111111 } }));
      const documents = await roundTrips(
        place,
        planted.map(({ text }) => text),
      );
      const emptied = planted.filter((_, at) => !documents[at]?.[0]?._source.body?.text?.includes('****'));
      assert.deepEqual(emptied, []);
    });

    it('is masked by the key that names it, whatever the value', async () => {
      const keys =
        'password userPassword db.password user.email customer.phone phoneNumber card.number card customer.name'.split(
          ' ',
        );
      keys.push(
        'delivery.address',
        'order.delivery_address',
        'http.request.header.authorization',
        'access_token',
        'passport',
        'address',
      );
      const attributes = Object.fromEntries(keys.map((key, at) => [key, at % 2 ? 'anna' : 4711]));
      const found = Object.entries(await roundTrip(inLog(() => ({ attributes }))));
      assert.deepEqual(
        found.filter(([key, value]) => keys.includes(key) && value !== '****'),
        [],
      );
    });

    it('is masked in a map under a key that names it, but for what is said of the value', async () => {
      const maps = {
        password: ['a1b2', { x: 'c3d4', min_length: 12 }],
        address: { line1: 'Arbat, 12', city: 'Moscow', type: 'home', verified: true },
        phone: { eq: 4711, model: 'X7' },
      };
      const masked = {
        'password.0': '****',
        'password.1.x': '****',
        'password.1.min_length': 12,
        'address.line1': '****',
        'address.city': '****',
        'address.type': 'home',
        'address.verified': true,
        'phone.eq': '****',
        'phone.model': 'X7',
      };
      const kept = await roundTrip(inLog(() => ({ attributes: maps })));
      assert.deepEqual(kept, { ...masked, 'redaction.masked.count': 5 });
      const [inBody] = await roundTrips(
        inLog((text) => ({ body: { password: { x: text }, phone: { model: 'X7' } } })),
        ['c3d4'],
      );
      assert.equal(inBody?.[0]?._source.body?.text, 'body.password.x=****, body.phone.model=X7');
    });

    it('is masked in a map under any such key, also when nothing else of its record is personal', async () => {
      const keys = ['userPassword', 'cvv', 'emails', 'userCardNo', 'Эл_почта', 'db_password', 'sessionId'];
      const found = await roundTrips(
        inLog((key) => ({ attributes: { [key]: { x: [{ y: 'c3d4' }] } } })),
        keys,
      );
      assert.deepEqual(
        found.map(([hit], at) => hit?._source.attributes?.[`${keys[at]}.x.0.y`]),
        keys.map(() => '****'),
      );
      const harmless = { mail: { host: 'smtp-1', template: 'welcome' }, orderToken: { type: 'reset' } };
      const kept = await roundTrip(inLog(() => ({ attributes: harmless })));
      assert.deepEqual(kept, { 'mail.host': 'smtp-1', 'mail.template': 'welcome', 'orderToken.type': 'reset' });
    });

    it('is masked up to its last word, in a body that is a map and in a list of arguments', async () => {
      const [found] = await roundTrips(
        inLog((text) => ({
          body: {
            passphrase: text,
            user: { customer_name: 'Sofia Abernathy' },
            field: 'cardCode',
            old: 'none',
            new: 'x 3847',
          },
          attributes: { 'process.command_args': ['a', '--passphrase', text, `--password=${text}`, '--fast'] },
        })),
        ['bmdwvyf rrksmq gifzbknn'],
      );
      const { body, attributes } = found?.[0]?._source ?? {};
      assert.equal(
        body?.text,
        'body.passphrase=****, body.user.customer_name=****, body.field=cardCode, body.old=****, body.new=****',
      );
      assert.deepEqual(attributes?.['process.command_args'], [
        'a',
        '--passphrase',
        '****',
        '--password=****',
        '--fast',
      ]);
    });

    it('is masked in a change of a body alone that is a map', async () => {
      const [found] = await roundTrips(
        inLog((text) => ({ body: { field: 'cardCode', old: 'none', new: text } })),
        ['3847'],
      );
      assert.equal(found?.[0]?._source.body?.text, 'body.field=cardCode, body.old=****, body.new=****');
    });

    it('is masked as a header in a list, in a body that is a map', async () => {
      const [found] = await roundTrips(
        inLog((text) => ({ body: { rawHeaders: ['Host', 'shop', 'Authorization', text], cors: ['Cookie', 'Date'] } })),
        ['Zz123q, a'],
      );
      assert.equal(
        found?.[0]?._source.body?.text,
        'body.rawHeaders.0=Host, body.rawHeaders.1=shop, body.rawHeaders.2=Authorization, body.rawHeaders.3=****, body.cors.0=Cookie, body.cors.1=Date',
      );
    });

    it('is masked under the name of a counter of what was masked, unless it is a count', async () => {
      const smuggled = {
        'redaction.masked.phone': '12345',
        'redaction.masked.email': 'Anna',
        'redaction.masked.address': ['Anna', 'Ivanova'],
        'redaction.masked.password': 1234567,
        'redaction.masked.card': 79161234567,
        'redaction.masked.bank.iban': 12345,
      };
      for (const mark of marks) {
        const found = await roundTrip(inLog(() => ({ attributes: { ...mark, ...smuggled } })));
        assert.deepEqual(
          Object.keys(smuggled).map((key) => found[key]),
          Object.keys(smuggled).map(() => '****'),
        );
      }
    });

    it('is masked in numbers, and the record is found', async () => {
      const attributes = {
        'order.price': 4111111111111111,
        'model.polygons': 4111111111111111,
        free: 5555555555554444,
        'app.run_id': 79957769783,
      };
      const kept = await roundTrip(inLog(() => ({ attributes })));

      assert.deepEqual([kept['order.price'], kept['model.polygons'], kept.free], ['****1111', '****1111', '****4444']);
      assert.equal(kept['app.run_id'], 79957769783);
    });

    it('is masked in a list of numbers, in a field that is new to Elasticsearch, and the record is found', async () => {
      const attributes = {
        first: [1, 79161234567, true],
        last: [79161234567, 2.5],
        free: [1, 2],
        texts: ['a', '****'],
      };
      const kept = await roundTrip(inLog(() => ({ attributes })));
      assert.deepEqual([kept.first, kept.last, kept.free, kept.texts], [['****'], ['****'], [1, 2], ['a', '****']]);
    });

    it('costs no record its text where no text could stand for it', async () => {
      const attributes = {
        'has.email': true,
        'card.pin': false,
        'file.size': 79_161_234_567,
        'sensor.ratio': 79_161_234_567.5,
      };
      const kept = await roundTrip(inLog(() => ({ attributes })));

      assert.deepEqual(
        [kept['has.email'], kept['card.pin'], kept['file.size']],
        [attributes['has.email'], attributes['card.pin'], attributes['file.size']],
      );
      assert.notEqual(kept['sensor.ratio'], undefined);
      assert.equal(kept['redaction.failed'], undefined);
    });
  });

  describe('a record that can not be redacted', () => {
    const traceId = newTraceId();
    const [before, after] = ['order created', 'order approved'];
    const failing = { body: 'call +7 916 123-45-67', attributes: { ratio: Number.NaN, note: 'for Anna' } };

    it('keeps its ids, time and service alone, and its batch goes on', async () => {
      const records = [{ body: before }, failing, { body: after, attributes: { ratio: Number.POSITIVE_INFINITY } }];
      const timed = records.map((record, at) => ({ ...record, traceId, timeUnixNano: `${Date.now() - 9 + at}000000` }));
      assert.equal(await sendLogs(addresses().otlp, shop, timed), 200);
      const documents = await stored(addresses().admin, { term: { trace_id: traceId } }, records.length);
      const bodies = documents.map(({ _source }) => _source.body?.text ?? '').sort();
      assert.deepEqual(bodies, ['', after, before]);
      const failed = documents.find(({ _source }) => _source.attributes?.['redaction.failed'] !== undefined)?._source;
      const { '@timestamp': time, resource, attributes } = failed ?? {};
      assert.deepEqual(attributes, { 'redaction.failed': true });
      assert.deepEqual(
        [Number(time) > 0, resource?.attributes?.['service.name'], failed?.trace_id],
        [true, 'shop-api', traceId],
      );
    });

    it('is none for numbers that are none by themselves', async () => {
      for (const ratio of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        const attributes = { ratio, 'order.id': 'ORD-AB2CDEFGHI', note: 'a ratio of nothing' };
        const { ratio: _, ...kept } = await roundTrip(inLog(() => ({ attributes })));
        assert.deepEqual(kept, { 'order.id': 'ORD-AB2CDEFGHI', note: 'a ratio of nothing' });
      }
    });
  });

  describe('what only looks personal', () => {
    it('stays as it is in texts', async () => {
      const place = inLog((text) => ({ body: text, attributes: { note: text, a: { b: text } } }));
      const documents = await roundTrips(place, lookAlikes);
      const harmed = lookAlikes.filter((text, at) => {
        const { body, attributes } = documents[at]?.[0]?._source ?? {};
        return body?.text !== text || attributes?.note !== text || attributes['a.b'] !== text;
      });
      assert.deepEqual(harmed, []);
    });

    it('stays as it is in keys, alone and beside what is personal', async () => {
      const keys = Object.fromEntries(lookAlikes.map((text) => [text, 1]));
      const alone = await roundTrip(inLog(() => ({ attributes: keys })));
      assert.deepEqual(alone, keys);
      const beside = await roundTrip(inLog(() => ({ attributes: { ...keys, 'seen ann.lee@example.com': 2 } })));
      assert.deepEqual(beside, { ...keys, 'seen ****@example.com': 2, 'redaction.masked.count': 1 });
    });

    it('stays as it is in numbers', async () => {
      const attributes = {
        millis: 1763688000000,
        nanos: 1763688000123456789n,
        polygons: 200000,
        seconds: 0.4111111111111111,
        small: 5.105105105105e-7,
        price: 41111.11,
        bytes: 4294967296,
      };
      const kept = await roundTrip(inLog(() => ({ attributes })));
      const { nanos: _, ...others } = attributes;
      const { nanos, ...found } = kept;
      assert.deepEqual(found, others);
      assert.equal(typeof nanos, 'number');
    });

    it('stays as it is when it counts what was masked in the process', async () => {
      const counts = {
        'redaction.masked.email': 2,
        'redaction.masked.phone': 1,
        'redaction.masked.card': 12345,
        'redaction.masked.token': 1,
        'redaction.masked.url_credentials': 1,
        'redaction.masked.count': 12350,
      };
      for (const mark of marks) {
        const attributes = { ...mark, ...counts };
        assert.deepEqual(await roundTrip(inLog(() => ({ attributes }))), attributes);
        const spans = inSpan(() => ({ attributes }));
        assert.deepEqual(await roundTrip(spans), attributes);
        const beside = await roundTrip(inLog(() => ({ attributes: { ...attributes, 'user.email': 'Anna' } })));
        assert.deepEqual(beside, { ...attributes, 'user.email': '****', 'redaction.masked.count': 12351 });
      }
    });

    it('stays as it is when the process has replaced it, also beside what has to be masked', async () => {
      const [mark = {}, none = {}] = marks;
      const masked = { 'payer.card': '****1111', 'user.email': '****@example.com', 'user.phones': ['****', '****'] };
      const hashed = { 'session.id': `hmac:${'1c42'.repeat(8)}` };
      const payload = JSON.stringify({ ...masked, ...hashed, inner: JSON.stringify({ ...masked, ...hashed }) });
      const kept = { ...mark, ...masked, ...hashed, payload };
      const found = await roundTrip(inLog(() => ({ attributes: { ...kept, password: 'Anna' } })));
      assert.deepEqual(found, { ...kept, password: '****', 'redaction.masked.count': 1 });

      const stranger = await roundTrip(inLog(() => ({ attributes: { ...none, ...masked, ...hashed } })));
      assert.deepEqual(stranger, { ...masked, 'session.id': '****', 'redaction.masked.count': 1 });
    });

    it('stays as it is under the keys of the catalogue', async () => {
      const attributes = {
        'order.id': 'ORD-AB2CDEFGHI',
        'customer.id': '6f9619ff-8b86-4011-b42d-00cf4fc964ff',
        'messaging.message.id': '41111111-1111-4111-9111-111111111111',
        'messaging.destination.name': 'mes.orders',
        'client.address': '192.168.100.200',
        'server.address': 'db.internal',
        'network.peer.address': 'db',
        address: '10.0.0.7:5432',
        'memory.address': '0x7ffee4c0',
        'url.path': '/orders/ORD-AB2CDEFGHI/approve',
        'db.query.text': 'UPDATE orders SET status = $1 WHERE id = $2 AND version = 3',
        'code.namespace': 'orders',
        'order.status.old': 'calculated',
        'retry.attempts_left': 3,
      };
      const kept = await roundTrip(inLog(() => ({ attributes })));
      assert.deepEqual(kept, attributes);
    });
  });
}
