import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Customer, type Person, personFrom, placeOrder, waitForStatus } from 'customers';
import { eventually } from './eventually.js';
import { ask, ofOrder } from './store.js';
import { theWorld, type World, worldStartMs } from './world.js';

const seeds = [1_401, 1_402, 1_403];

describe("the customers' personal data", function () {
  this.timeout(worldStartMs);
  let world: World;

  before(async () => {
    world = await theWorld();
    const [first] = await Promise.all(
      seeds.map(async (seed) => {
        const placed = await placeOrder(world.company.urls, { seed, triangles: 6_000 });
        await waitForStatus(placed, 'priced');
        await world.company.staff.seller.ordersWith('priced');
        await goWrong(personFrom(seed));
        return placed;
      }),
    );
    await eventually(async () => {
      const records = await world.store.logs(ofOrder(first?.orderId ?? ''));
      assert.ok(records.some(({ event_name }) => event_name === 'calculation.finished'));
      assert.ok(records.some(({ event_name }) => event_name === 'message.transferred'));
    });
  });

  /** What fails tells more than what goes well: an address that has an account must not be told by an error of the database. */
  async function goWrong(person: Person): Promise<void> {
    await assert.rejects(new Customer(world.company.urls.shop, person).register(), /409/);
    await new Customer(world.company.urls.shop, person).failToLogIn();
  }

  it('is in no record and no span that is stored', async () => {
    const { ELASTICSEARCH_URL = '' } = world.stack.env;
    let looked = 0;
    for await (const documents of everyDocument(ELASTICSEARCH_URL)) {
      looked += documents.length;
      const text = JSON.stringify(documents);
      for (const value of seeds.map(personFrom).flatMap(valuesOf)) assert.ok(!text.includes(value), value);
    }
    assert.ok(looked > 300, `${looked} documents`);
  });

  it('is in no log file that the collector reads, nor in one that a service prints', () => {
    const { folder } = world.stack.run;
    const files = ['postgresql/logs', 'rabbitmq/logs', 'rabbitmq/transfers', 's3/logs', 'logs'].flatMap((name) =>
      filesIn(join(folder, name)),
    );
    for (const part of ['postgresql', 'rabbitmq', 'transfers', 's3/logs/access.log', 'shop-api']) {
      assert.ok(
        files.some((file) => file.includes(part)),
        part,
      );
    }
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      for (const value of seeds.map(personFrom).flatMap(valuesOf))
        assert.ok(!text.includes(value), `${value} in ${file}`);
    }
  });
});

/** What nobody may find, as it was typed and as it is written in an address or a form. */
function valuesOf({ name, email, password, phone, address }: Person): string[] {
  const typed = [name, email, password, phone, address];
  return [...typed, ...typed.map(encodeURIComponent), phone.replaceAll(' ', '')];
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => join(folder, name));
}

interface Page {
  readonly _scroll_id: string;
  readonly hits: { readonly hits: unknown[] };
}

/** Every document of the log store, a page at a time. */
async function* everyDocument(url: string): AsyncGenerator<unknown[]> {
  let page = await ask<Page>(url, '/logs-*,metrics-*,traces-*/_search?scroll=1m&ignore_unavailable=true', {
    size: 2_000,
    query: { match_all: {} },
  });
  while (page.hits.hits.length > 0) {
    yield page.hits.hits;
    page = await ask<Page>(url, '/_search/scroll', { scroll: '1m', scroll_id: page._scroll_id });
  }
}
