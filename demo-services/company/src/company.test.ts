import assert from 'node:assert/strict';
import {
  Customer,
  changeMind,
  finishOrder,
  generateRing,
  personFrom,
  placeOrder,
  type StlFault,
  stlFile,
  waitForStatus,
  waitUntil,
} from 'customers';
import { expectedOfServices, hasField } from './catalogue-for-tests.js';
import { startTestCompany, type TestCompany } from './company-for-tests.js';

describe('the company', function () {
  this.timeout(120_000);
  let company: TestCompany;

  before(async () => {
    company = await startTestCompany();
  });
  after(() => company?.stack.stop());

  /** What is printed from now on: the parts that were away in other tests have left such records too. */
  const listen = async () => {
    const before = new Set((await company.records()).map((record) => JSON.stringify(record)));
    return async (wanted: string) =>
      (await company.records()).filter((record) => record.event === wanted && !before.has(JSON.stringify(record)));
  };

  it('prices a ring by its metal within 0.5 % of the smooth ring, from a binary and an ASCII model', async () => {
    const ring = generateRing(41, 9_000);
    const expectedEur = (ring.volumeMm3 / 1_000) * 13.1 * 62;
    for (const format of ['binary', 'ascii'] as const) {
      const customer = new Customer(company.urls.shop, personFrom(format.length));
      await customer.register();
      const wish = { metal: 'gold_585', setting: 'none', ringSize: 54 } as const;
      const orderId = await customer.order(wish, stlFile(ring, format));
      await waitForStatus({ customer, orderId, wish }, 'priced');
      const [finished] = await company.recordsOf('calculation.finished', orderId);
      assert.equal(finished?.['model.polygons'], ring.triangles);
      const price = Number(finished?.['order.price']);
      assert.ok(Math.abs(price - expectedEur) / expectedEur < 0.005, `${price} instead of ${expectedEur}`);
      assert.ok((await customer.look(orderId)).includes(`${price.toFixed(2)} EUR`), 'the page shows the price');
    }
  });

  it('makes ten orders at once, one of them with a hole: nine are finished, the tenth is dead-lettered once', async () => {
    const bad = placeOrder(company.urls, { seed: 500, triangles: 6_000, fault: 'open mesh' });
    const good = Array.from({ length: 9 }, async (_, n) => {
      const placed = await placeOrder(company.urls, { seed: 501 + n, triangles: 6_000 });
      await finishOrder(company.staff, placed);
    });
    await Promise.all(good);
    const { orderId, customer } = await bad;
    await waitForStatus({ orderId, customer, wish: (await bad).wish }, 'calculation_failed');
    assert.match(await customer.look(orderId), /the mesh is open: 3 edges/);
    const dead = await company.recordsOf('message.dead_lettered', orderId);
    assert.equal(dead.length, 1);
    const letters = (await company.records()).filter(({ event }) => event === 'message.dead_lettered');
    assert.equal(letters.length, 1);
  });

  it('refuses models that are miscounted or cut, with the reason on the page', async () => {
    const reasons: [StlFault, RegExp][] = [
      ['wrong count', /says that it has \d+ triangles, but the file holds \d+/],
      ['cut', /says that it has \d+ triangles, but the file holds \d+/],
    ];
    for (const [fault, reason] of reasons) {
      const placed = await placeOrder(company.urls, { seed: 600 + fault.length, triangles: 5_000, fault });
      await waitForStatus(placed, 'calculation_failed');
      assert.match(await placed.customer.look(placed.orderId), reason);
    }
  });

  it('prices again what the customer changes, and lets go of what is cancelled', async () => {
    const placed = await placeOrder(company.urls, { seed: 700, triangles: 5_000 });
    await changeMind(placed);
    await waitForStatus(placed, 'priced');
    const calculations = await company.recordsOf('calculation.finished', placed.orderId, 2);
    assert.equal(calculations.length, 2);
    assert.notEqual(calculations[0]?.['order.price'], calculations[1]?.['order.price']);
    await placed.customer.cancel(placed.orderId);
    await waitForStatus(placed, 'cancelled');
    const changes = await company.recordsOf('order.status_changed', placed.orderId);
    assert.ok(changes.some((change) => change.service === 'crm-api' && change['order.status.new'] === 'cancelled'));
  });

  it('refuses a step that the life cycle does not allow, and leaves the order as it was', async () => {
    const placed = await placeOrder(company.urls, { seed: 800, triangles: 5_000 });
    const { orderId, customer } = placed;
    await waitForStatus(placed, 'priced');
    await assert.rejects(
      company.staff.seller.confirm(orderId),
      /409: order ORD-\w+ is priced and can&#39;t become confirmed/,
    );
    await assert.rejects(company.staff.operator.finish(orderId), /409.*can&#39;t become finished/);
    const [failed] = await company.recordsOf('order.status_change_failed', orderId);
    assert.equal(failed?.level, 'error');
    await finishOrder(company.staff, placed);
    await assert.rejects(customer.cancel(orderId), /409: order ORD-\w+ is finished and can&#39;t become cancelled/);
    assert.equal(await customer.statusOf(orderId), 'finished');
  });

  it('tries a calculation again when the file store was away', async () => {
    await company.services['mes-api'].kill('SIGSTOP');
    const placed = await placeOrder(company.urls, { seed: 900, triangles: 5_000 });
    await company.services['3d-file-storage'].kill('SIGKILL');
    await company.services['mes-api'].kill('SIGCONT');
    await company.recordsOf('calculation.started', placed.orderId);
    await company.restart('3d-file-storage');
    await waitForStatus(placed, 'priced');
    const started = await company.recordsOf('calculation.started', placed.orderId);
    assert.ok(started.length >= 2, `${started.length} attempts`);
  });

  it('goes on by itself when RabbitMQ was away, also with an order that waits in its queue', async () => {
    await company.services['mes-api'].kill('SIGSTOP');
    const waiting = await placeOrder(company.urls, { seed: 950, triangles: 5_000 });
    await company.stack.parts.rabbitmq.stop();
    await company.stack.parts.rabbitmq.start();
    await company.services['mes-api'].kill('SIGCONT');
    await waitForStatus(waiting, 'priced');
    const placed = await placeOrder(company.urls, { seed: 1_000, triangles: 5_000 });
    await finishOrder(company.staff, placed);
  });

  it('goes on by itself when PostgreSQL was away, also in the middle of orders', async () => {
    const inWork = Array.from({ length: 8 }, (_, n) =>
      placeOrder(company.urls, { seed: 1_001 + n, triangles: 20_000 }),
    );
    const first = await Promise.race(inWork);
    await company.recordsOf('calculation.started', first.orderId);
    await company.stack.parts.postgresql.stop();
    await company.stack.parts.postgresql.start();
    await Promise.allSettled(inWork);
    for (const service of Object.values(company.services)) assert.ok(service.running, service.name);
    await waitForStatus(first, 'priced');
    await finishOrder(company.staff, await placeOrder(company.urls, { seed: 1_010, triangles: 5_000 }));
  });

  it('lets an order fail when its model cannot be stored, and says so to the customer', async () => {
    const earlier = new Set((await company.records()).map((record) => record['order.id']));
    await company.services['3d-file-storage'].kill('SIGKILL');
    await assert.rejects(
      placeOrder(company.urls, { seed: 1_020, triangles: 5_000 }),
      /502: we could not reach our workshop/,
    );
    await company.restart('3d-file-storage');
    const failures = (await company.records()).filter(
      ({ event, 'order.id': id }) => event === 'order.create_failed' && !earlier.has(id),
    );
    assert.equal(failures.length, 1);
    await company.recordsOf('file.upload_failed', String(failures[0]?.['order.id']));
  });

  it('calls CRM API again when its queue was closed, and gives up when it stays so', async () => {
    const printed = await listen();
    await company.switchOn('crm-api', 'queue-closed', 1);
    const placed = await placeOrder(company.urls, { seed: 1_021, triangles: 5_000 });
    const [retry] = await printed('http.client.retry');
    assert.equal(retry?.['http.response.status_code'], 500);
    await waitForStatus(placed, 'priced');
    await company.switchOn('crm-api', 'queue-closed', 30);
    await assert.rejects(placeOrder(company.urls, { seed: 1_022, triangles: 5_000 }), /502/);
    assert.equal((await printed('http.client.retries_exhausted')).length, 1);
    await company.switchOn('crm-api', 'queue-closed', 0);
  });

  it('ends an order whose calculation keeps failing, and takes its message out of the queue', async () => {
    await company.switchOn('mes-api', 'calculation-fails', 40);
    const placed = await placeOrder(company.urls, { seed: 1_023, triangles: 5_000 });
    await waitForStatus(placed, 'calculation_failed');
    assert.match(await placed.customer.look(placed.orderId), /the price could not be calculated/);
    const [failed] = await company.recordsOf('calculation.failed', placed.orderId);
    assert.equal(failed?.error?.message, 'the calculation was told to fail');
    assert.equal((await company.recordsOf('calculation.started', placed.orderId)).length, 4);
    assert.equal((await company.recordsOf('message.dead_lettered', placed.orderId)).length, 1);
    await company.switchOn('mes-api', 'calculation-fails', 0);
  });

  it('lets a seller order and change for a customer who calls', async () => {
    const { seller } = company.staff;
    const { name, phone, address } = personFrom(1_024);
    const wish = { metal: 'gold_585', setting: 'none', ringSize: '54' };
    const customerId = '00000000-0000-4000-8000-000000001024';
    const model = stlFile(generateRing(1_024, 5_000), 'binary');
    const orderId = await seller.orderFor(customerId, { ...wish, name, phone, address }, model);
    const priced = async () => ((await seller.ordersWith('priced')).includes(orderId) ? orderId : undefined);
    await waitUntil({ what: 'the price', timeoutMs: 20_000, ready: priced });
    await seller.change(orderId, { ...wish, metal: 'silver_925' });
    const [change] = (await company.recordsOf('order.changed', orderId)).filter(({ service }) => service === 'crm');
    assert.deepEqual([change?.['change.old'], change?.['change.new']], ['gold_585', 'silver_925']);
    await waitUntil({ what: 'the other price', timeoutMs: 20_000, ready: priced });
  });

  it("prints the catalogue's events with their severity and every field", async () => {
    const customer = new Customer(company.urls.shop, personFrom(1_030));
    await customer.register();
    await customer.logOut();
    await customer.failToLogIn();
    for (const member of Object.values(company.staff)) {
      await member.changeAccount({ name: 'Another name' });
      await member.logOut();
    }
    const records = await company.records();
    for (const { system, event, severity, fields } of await expectedOfServices()) {
      const found = records.filter((record) => record.service === system && record.event === event);
      assert.ok(found.length > 0, `${system} printed no ${event}`);
      for (const record of found) {
        assert.equal(record.level.toUpperCase(), severity, `${system} ${event}`);
        for (const field of fields) {
          assert.ok(
            hasField(record, field),
            `${system} ${event} has no ${field}: ${JSON.stringify(record).slice(0, 300)}`,
          );
        }
      }
    }
  });

  it('prints nothing personal', async () => {
    const seeds = [500, 501, 509, 700, 800, 900, 1_000, 1_024];
    const printed = JSON.stringify(await company.records());
    for (const { name, email, password, phone, address } of seeds.map(personFrom)) {
      for (const personal of [name, email, password, phone, address]) assert.ok(!printed.includes(personal), personal);
    }
  });

  it('stops in order: every service ends with 0, a calculation that is under way is finished or goes back', async () => {
    const placed = placeOrder(company.urls, { seed: 1_100, triangles: 150_000 });
    await placed;
    await company.stop();
    for (const service of Object.values(company.services)) {
      assert.deepEqual(await service.ended, { code: 0, signal: null }, service.name);
    }
  });
});
