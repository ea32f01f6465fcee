import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { waitUntil } from '@hallmark/stack';
import { Browser, Customer, generateRing, personFrom, placeOrder, Seller, stlFile, waitForStatus } from 'customers';
import { startTestCompany, type TestCompany } from './company-for-tests.js';

const WISH = { metal: 'gold_585', setting: 'none', ringSize: '54' };
const TO = { name: 'A', phone: '123456789', address: 'B' };

describe("the company's doors", function () {
  this.timeout(120_000);
  let company: TestCompany;

  before(async () => {
    company = await startTestCompany();
  });
  after(() => company?.stack.stop());

  const register = async (seed: number) => {
    const { name, email, password } = personFrom(seed);
    const browser = new Browser(company.urls.shop);
    await browser.submit(await browser.open('/register'), '/register', { name, email, password });
    return browser;
  };

  const errorsPrinted = async () => (await company.records()).filter(({ level }) => level === 'error');

  const ordersCreated = async () => {
    const records = await company.records();
    const created = records.filter(({ event, service }) => event === 'order.created' && service === 'shop-api');
    return created.map((record) => String(record['order.id']));
  };

  // Comes first: an upload that a later test breaks off prints its end at any time after.
  it('answer bad requests at the APIs with 4xx and one clear message', async () => {
    const { 'shop-api': shop, 'crm-api': crm, 'mes-api': mes } = company.serviceUrls;
    const customer = 'customerId=00000000-0000-4000-8000-000000000000';
    const errorsBefore = await errorsPrinted();
    const requests: [string, string, string | undefined, number][] = [
      ['GET', `${shop}/orders/ORD-AAAAAAAAAA?${customer}`, undefined, 404],
      ['GET', `${shop}/orders/ORD-1?${customer}`, undefined, 400],
      ['GET', `${shop}/orders/ORD-AAAAAAAAAA`, undefined, 400],
      ['POST', `${shop}/orders`, '{"customerId": ', 400],
      ['POST', `${shop}/orders`, '{}', 400],
      ['POST', `${shop}/orders`, '[1]', 400],
      ['PUT', `${shop}/orders/ORD-AAAAAAAAAA/status`, '{"status": "priced"}', 404],
      ['PUT', `${shop}/orders/ORD-AAAAAAAAAA/status`, '{"status": "stolen"}', 400],
      ['POST', `${crm}/orders`, '{"orderId": "x"}', 400],
      ['POST', `${crm}/orders/ORD-AAAAAAAAAA/confirm`, '{}', 401],
      ['GET', `${crm}/orders`, undefined, 401],
      ['GET', `${crm}/users`, undefined, 401],
      ['POST', `${crm}/users`, '{"login": "thief", "name": "T", "password": "0123456789"}', 401],
      ['POST', `${crm}/sessions`, '{"login": "administrator", "password": "0123456789"}', 401],
      ['POST', `${crm}/sessions`, '{"login": "../x", "password": "0123456789"}', 400],
      ['GET', `${mes}/orders?limit=1000`, undefined, 401],
      ['POST', `${mes}/orders/ORD-AAAAAAAAAA/start`, undefined, 401],
      ['PUT', `${mes}/faults/crash`, '{"seconds": 1}', 401],
      ['DELETE', `${mes}/sessions/current`, undefined, 401],
      ['DELETE', `${mes}/session`, undefined, 404],
    ];
    for (const [method, url, body, status] of requests) {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(url, { method, headers, ...(body !== undefined && { body }) });
      assert.equal(answer.status, status, `${method} ${url} ${body ?? ''}`);
      const { error } = (await answer.json()) as { error: string };
      assert.match(error, /^[^\n]{5,200}$/);
    }
    const { seller, operator } = company.staff;
    await assert.rejects(operator.ordersWith('lost'), /400: status: /);
    await assert.rejects(operator.start('ORD-AAAAAAAAAA'), /404: there is no order/);
    await assert.rejects(seller.makeAccount({ login: 'x', name: 'X', password: '0123456789' }), /403: only the admin/);
    assert.deepEqual(await errorsPrinted(), errorsBefore, 'what a caller does wrong is no error of the service');
  });

  it('take a form only with the token of its own session', async () => {
    const browser = new Browser(company.urls.shop);
    const other = await new Browser(company.urls.shop).open('/login');
    for (const path of ['/login', '/register', '/logout', '/orders/ORD-AAAAAAAAAA/cancel']) {
      const page = await browser.submit(other, path, { email: 'a@b.example', password: 'x'.repeat(12), name: 'A' });
      assert.equal(page.status, 403, path);
    }
    const buyer = await register(1);
    const upload = await buyer.upload(other, '/orders', { ...WISH, ...TO }, stlFile(generateRing(1, 5_000), 'binary'));
    assert.equal(upload.status, 403);
  });

  it('give the session in a cookie that scripts cannot read, and another at log-in', async () => {
    const first = await fetch(company.urls.shop);
    const [cookie = ''] = first.headers.getSetCookie();
    assert.match(cookie, /^session=[\w-]{43};.*HttpOnly.*SameSite=Lax/);
    const csrf = /name="csrf" value="([^"]+)"/.exec(
      await (await fetch(`${company.urls.shop}/register`, { headers: { cookie } })).text(),
    );
    const { name, email, password } = personFrom(2);
    const body = new URLSearchParams({ csrf: csrf?.[1] ?? '', name, email, password });
    const entered = await fetch(`${company.urls.shop}/register`, {
      method: 'POST',
      body,
      headers: { cookie },
      redirect: 'manual',
    });
    assert.equal(entered.status, 303);
    const [rotated = ''] = entered.headers.getSetCookie();
    assert.match(rotated, /^session=/);
    assert.notEqual(rotated.split(';')[0], cookie.split(';')[0]);
    const old = await fetch(`${company.urls.shop}/orders`, {
      headers: { cookie: cookie.split(';')[0] ?? '' },
      redirect: 'manual',
    });
    assert.equal(old.headers.get('location'), '/login', 'the session from before the log-in is closed');
  });

  it('lead staff to the log-in, and take their forms only with their token', async () => {
    for (const url of [company.urls.crm, company.urls.mes]) {
      const stranger = new Browser(url);
      assert.equal((await stranger.open('/orders')).path, '/login');
      const other = await new Browser(url).open('/login');
      for (const path of [
        '/login',
        '/logout',
        '/account',
        '/users',
        '/orders/ORD-AAAAAAAAAA/start',
        '/orders/ORD-AAAAAAAAAA/confirm',
      ]) {
        const { status } = await stranger.submit(other, path, { login: 'a', password: 'x'.repeat(12), name: 'A' });
        const isThere = !path.endsWith(url === company.urls.crm ? 'start' : 'confirm');
        assert.equal(status, isThere ? 403 : 404, path);
      }
    }
    await new Seller(company.urls.crm).failToLogIn('seller-1');
  });

  it('let in only with the right password', async () => {
    const person = personFrom(3);
    const customer = new Customer(company.urls.shop, person);
    await customer.register();
    await customer.logOut();
    await customer.failToLogIn();
    await customer.logIn();
    const stranger = new Browser(company.urls.shop);
    const page = await stranger.submit(await stranger.open('/login'), '/login', {
      email: 'no@body.example',
      password: 'x',
    });
    assert.equal(page.status, 401);
    assert.match(page.text, /The e-mail address or the password is wrong/);
    const again = new Browser(company.urls.shop);
    const { name, email, password } = person;
    assert.equal(
      (await again.submit(await again.open('/register'), '/register', { name, email, password })).status,
      409,
    );
  });

  it("show nobody another customer's order", async () => {
    const placed = await placeOrder(company.urls, { seed: 4, triangles: 5_000 });
    const stranger = await register(5);
    const page = await stranger.open(`/orders/${placed.orderId}`);
    assert.equal(page.status, 404);
    const other = await stranger.submit(await stranger.open('/orders/new'), `/orders/${placed.orderId}/cancel`, {});
    assert.equal(other.status, 404);
    await waitForStatus(placed, 'priced');
  });

  it('show what people type as text', async () => {
    const browser = new Browser(company.urls.shop);
    const name = '<script>alert("1")</script>';
    const { email, password } = personFrom(6);
    const page = await browser.submit(await browser.open('/register'), '/register', { name, email, password });
    assert.ok(!page.text.includes('<script>'));
    assert.ok(page.text.includes('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;'));
  });

  it('refuse an order without a model, with a wrong wish, or with a model that is too large', async () => {
    const browser = await register(7);
    const send = async (fields: Record<string, string>, file: Buffer) =>
      browser.upload(await browser.open('/orders/new'), '/orders', fields, file);
    const model = stlFile(generateRing(7, 5_000), 'binary');
    const form = await browser.open('/orders/new');
    assert.equal((await browser.submit(form, '/orders', { ...WISH, ...TO })).status, 400);
    const tin = await send({ ...WISH, ...TO, metal: 'tin' }, model);
    assert.equal(tin.status, 400);
    assert.match(tin.text, /metal: /);
    assert.equal((await send({ ...WISH, ...TO, phone: 'none' }, model)).status, 400);
    const large = await send({ ...WISH, ...TO }, Buffer.alloc(64 * 1024 * 1024 + 1));
    assert.equal(large.status, 413);
    assert.match(large.text, /64 MiB at most/);
  });

  it('end an order whose upload breaks off as failed', async () => {
    const browser = await register(8);
    const form = await browser.open('/orders/new');
    // The order is made before its model is passed on: broken off in between, it would only be one without a model.
    const uploads = async () =>
      (await company.records()).filter(({ event }) => event === 'file.processing_started').length;
    const before = await uploads();
    const socket = await beginUpload(company.urls.shop, browser.cookies, form.text);
    assert.ok(await waitUntil(async () => (await uploads()) > before, { timeoutMs: 20_000 }));
    socket.destroy();
    const orderId = (await ordersCreated()).at(-1) ?? '';
    const [failed] = await company.recordsOf('order.create_failed', orderId);
    assert.equal(failed?.service, 'shop-api');
    assert.ok(failed?.error?.stack);
    assert.equal((await company.recordsOf('file.upload_failed', orderId)).length, 1);
  });
});

/** Sends the head of an order's form and the first bytes of its model. */
async function beginUpload(shopUrl: string, cookies: string, page: string): Promise<Socket> {
  const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const fields = Object.entries({ csrf, ...WISH, ...TO });
  const parts = fields.map(
    ([name, value]) => `--cut\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const file = '--cut\r\nContent-Disposition: form-data; name="model"; filename="r.stl"\r\n\r\n';
  const head = `POST /orders HTTP/1.1\r\nHost: shop\r\nCookie: ${cookies}\r\nContent-Type: multipart/form-data; boundary=cut\r\nContent-Length: 1000000\r\n\r\n`;
  const { hostname, port } = new URL(shopUrl);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(head + parts.join('') + file + 'x'.repeat(100_000));
  return socket;
}
