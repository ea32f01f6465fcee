import { Browser, expectOk } from './browser.js';
import type { Person } from './person.js';

export interface Wish {
  metal: 'silver_925' | 'gold_585' | 'gold_750' | 'platinum_950';
  setting: 'none' | 'bezel' | 'pave';
  /** Inner circumference in mm. */
  ringSize: number;
}

/** A person at the shop's pages. Everything throws where the shop does not do what the person wants. */
export class Customer {
  readonly #browser: Browser;
  readonly #person: Person;

  constructor(shopUrl: string, person: Person) {
    this.#browser = new Browser(shopUrl);
    this.#person = person;
  }

  async lookAround(): Promise<void> {
    for (const path of ['/', '/models', '/materials']) expectOk(await this.#browser.open(path));
  }

  async register(): Promise<void> {
    const { name, email, password } = this.#person;
    const form = await this.#browser.open('/register');
    expectOk(await this.#browser.submit(form, '/register', { name, email, password }));
  }

  async logIn(): Promise<void> {
    const { email, password } = this.#person;
    expectOk(await this.#browser.submit(await this.#browser.open('/login'), '/login', { email, password }));
  }

  /** Mistypes the password. */
  async failToLogIn(): Promise<void> {
    const form = await this.#browser.open('/login');
    const page = await this.#browser.submit(form, '/login', { email: this.#person.email, password: 'not this one' });
    if (page.status !== 401) throw new Error(`a wrong password was answered with ${page.status}`);
  }

  async logOut(): Promise<void> {
    expectOk(await this.#browser.submit(await this.#browser.open('/'), '/logout', {}));
  }

  /** Orders a ring and returns the order's number. */
  async order({ metal, setting, ringSize }: Wish, model: Buffer): Promise<string> {
    const { name, phone, address } = this.#person;
    const fields = { metal, setting, ringSize: String(ringSize), name, phone, address };
    const form = await this.#browser.open('/orders/new');
    const page = expectOk(await this.#browser.upload(form, '/orders', fields, model));
    return page.path.replace('/orders/', '');
  }

  /** The order's status as its page shows it. */
  async statusOf(orderId: string): Promise<string> {
    return /data-status="(\w+)"/.exec(await this.look(orderId))?.[1] ?? 'unknown';
  }

  /** The text of the order's page. */
  async look(orderId: string): Promise<string> {
    return expectOk(await this.#browser.open(`/orders/${orderId}`)).text;
  }

  approve(orderId: string): Promise<void> {
    return this.#decide(orderId, 'approve', {});
  }

  cancel(orderId: string): Promise<void> {
    return this.#decide(orderId, 'cancel', {});
  }

  change(orderId: string, { metal, setting, ringSize }: Wish): Promise<void> {
    return this.#decide(orderId, 'change', { metal, setting, ringSize: String(ringSize) });
  }

  async #decide(orderId: string, action: string, fields: Record<string, string>): Promise<void> {
    const page = expectOk(await this.#browser.open(`/orders/${orderId}`));
    expectOk(await this.#browser.submit(page, `/orders/${orderId}/${action}`, fields));
  }
}
