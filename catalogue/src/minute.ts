import type { Company } from '@hallmark/company';
import type { Stack } from '@hallmark/stack';
import {
  Customer,
  changeMind,
  finishOrder,
  generateRing,
  personFrom,
  placeOrder,
  stlFile,
  waitForStatus,
  waitUntil,
} from 'customers';

const MODEL_TRIANGLES = 6_000;
const STEP_TIMEOUT_MS = 60_000;
/** Longer than the repetitions of a call take. */
const LONG_FAULT_S = 60;
/** Longer than a service waits for a free connection of its pool. */
const POOL_FAULT_S = 8;
const WISH = { metal: 'gold_585', setting: 'none', ringSize: 54 } as const;

/** One thing that happens in the company, by its pages, APIs and queues. */
interface Step {
  what: string;
  happens(): Promise<unknown>;
}

/**
 * A minute in the company: people order, sell and make rings, some of it fails, and parts are restarted in between. A step that does
 * not go as it should is told with `say`; the rows that it would have brought are then missing.
 */
export async function liveAMinute(company: Company, stack: Stack, say: (line: string) => void): Promise<void> {
  for (const { what, happens } of [...ordinarySteps(company), ...failures(company), ...restarts(company, stack)]) {
    say(what);
    try {
      await happens();
    } catch (error) {
      say(`that did not go as it should: ${error instanceof Error ? error.message : error}`);
    }
  }
}

function ordinarySteps({ urls, staff }: Company): Step[] {
  const { seller, operator, administrator } = staff;
  const order = async (seed: number) =>
    finishOrder(staff, await placeOrder(urls, { seed, triangles: MODEL_TRIANGLES }));
  return [
    { what: 'three customers order a ring', happens: () => Promise.all([1, 2, 3].map(order)) },
    {
      what: 'one changes the ring, and one brings a model with a hole',
      happens: async () => {
        const [changing, spoilt] = await Promise.all([
          placeOrder(urls, { seed: 4, triangles: MODEL_TRIANGLES }),
          placeOrder(urls, { seed: 5, triangles: MODEL_TRIANGLES, fault: 'open mesh' }),
        ]);
        await changeMind(changing);
        await Promise.all([waitForStatus(changing, 'priced'), waitForStatus(spoilt, 'calculation_failed')]);
      },
    },
    {
      what: 'one registers twice, mistypes the password, and sends an empty file',
      happens: async () => {
        const customer = new Customer(urls.shop, personFrom(6));
        await customer.register();
        await customer.logOut();
        await refused(customer.register());
        await customer.failToLogIn();
        await customer.logIn();
        await refused(customer.order(WISH, Buffer.alloc(0)));
      },
    },
    {
      what: 'a seller orders for a customer on the phone, and changes the ring',
      happens: async () => {
        const { name, phone, address } = personFrom(7);
        const wish = { ...WISH, ringSize: String(WISH.ringSize) };
        const model = stlFile(generateRing(7, MODEL_TRIANGLES), 'binary');
        const customerId = '00000000-0000-4000-8000-000000000007';
        const orderId = await seller.orderFor(customerId, { ...wish, name, phone, address }, model);
        await waitUntil({
          what: `the price of order ${orderId}`,
          timeoutMs: STEP_TIMEOUT_MS,
          ready: async () => ((await seller.ordersWith('priced')).includes(orderId) ? orderId : undefined),
        });
        await seller.change(orderId, { ...wish, metal: 'silver_925' });
        await refused(operator.finish(orderId));
      },
    },
    {
      what: 'the administrator makes an account whose name is taken',
      happens: () => refused(administrator.makeAccount({ login: 'seller-1', name: 'S', password: 'not a seller-1' })),
    },
    {
      what: 'seller and operator change their names',
      happens: () => Promise.all([seller, operator].map((member) => member.changeAccount({ name: 'Somebody Else' }))),
    },
  ];
}

function failures(company: Company): Step[] {
  const { urls } = company;
  const failingOrder = (seed: number) => refused(placeOrder(urls, { seed, triangles: MODEL_TRIANGLES }));
  return [
    {
      what: "CRM API's queue is closed for a second, then for longer",
      happens: async () => {
        await company.switchOn('crm-api', 'queue-closed', 1);
        await waitForStatus(await placeOrder(urls, { seed: 8, triangles: MODEL_TRIANGLES }), 'priced');
        await company.switchOn('crm-api', 'queue-closed', LONG_FAULT_S);
        await failingOrder(9);
        await company.switchOn('crm-api', 'queue-closed', 0);
      },
    },
    {
      what: "MES API's queue is closed while an order is priced",
      happens: async () => {
        await company.switchOn('mes-api', 'queue-closed', 1);
        await waitForStatus(await placeOrder(urls, { seed: 10, triangles: MODEL_TRIANGLES }), 'priced');
      },
    },
    {
      what: "CRM API's database pool is exhausted",
      happens: async () => {
        await company.switchOn('crm-api', 'pool-exhausted', POOL_FAULT_S);
        await refused(company.staff.seller.ordersWith('approved'));
      },
    },
    {
      what: 'MES API crashes and is started again',
      happens: async () => {
        await company.switchOn('mes-api', 'crash', 1);
        await company.services['mes-api'].ended;
        await company.restart('mes-api');
      },
    },
  ];
}

function restarts({ urls, staff }: Company, { parts }: Stack): Step[] {
  return [
    {
      what: 'the S3 server is away while a customer orders',
      happens: async () => {
        await parts.s3.stop();
        try {
          await refused(placeOrder(urls, { seed: 13, triangles: MODEL_TRIANGLES }));
        } finally {
          await parts.s3.start();
        }
      },
    },
    {
      what: 'the collector and RabbitMQ are restarted while a customer orders',
      happens: async () => {
        const placed = placeOrder(urls, { seed: 11, triangles: MODEL_TRIANGLES });
        await parts.collector.stop();
        await parts.collector.start();
        await placed;
        await parts.rabbitmq.stop();
        await parts.rabbitmq.start();
        await finishOrder(staff, await placeOrder(urls, { seed: 12, triangles: MODEL_TRIANGLES }));
      },
    },
    {
      what: 'seller and operator log out',
      happens: () => Promise.all([staff.seller.logOut(), staff.operator.logOut()]),
    },
  ];
}

/** For what is meant to fail: it is a surprise when it doesn't. */
async function refused(work: Promise<unknown>): Promise<void> {
  const failed = await work.then(
    () => false,
    () => true,
  );
  if (!failed) throw new Error('it was accepted');
}
