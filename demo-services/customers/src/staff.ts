import { Browser, expectOk, type Page } from './browser.js';

/** The first account of an application for staff, which makes the others. */
export const ADMINISTRATOR = 'administrator';

export interface Account {
  login: string;
  name: string;
  password: string;
}

/** Somebody at the pages of CRM or MES. Everything throws where the application does not do what the person wants. */
export class StaffMember {
  readonly #browser: Browser;

  constructor(url: string) {
    this.#browser = new Browser(url);
  }

  async logIn(login: string, password: string): Promise<void> {
    expectOk(await this.#browser.submit(await this.#browser.open('/login'), '/login', { login, password }));
  }

  /** Mistypes the password. */
  async failToLogIn(login: string): Promise<void> {
    const form = await this.#browser.open('/login');
    const { status } = await this.#browser.submit(form, '/login', { login, password: 'not this one' });
    if (status !== 401) throw new Error(`a wrong password was answered with ${status}`);
  }

  async logOut(): Promise<void> {
    expectOk(await this.#browser.submit(await this.#browser.open('/orders'), '/logout', {}));
  }

  /** Makes an account for a colleague; only the administrator may. */
  async makeAccount(account: Account): Promise<void> {
    expectOk(await this.#browser.submit(await this.#browser.open('/users'), '/users', { ...account }));
  }

  /** Changes the own name or password. */
  async changeAccount(change: { name?: string; password?: string }): Promise<void> {
    const form = await this.#browser.open('/account');
    expectOk(await this.#browser.submit(form, '/account', { name: '', password: '', ...change }));
  }

  /** The numbers of the oldest orders with that status. */
  async ordersWith(status: string): Promise<string[]> {
    const { text } = expectOk(await this.#browser.open(`/orders?status=${status}`));
    return [...text.matchAll(/data-order="(ORD-\w+)"/g)].map(([, orderId = '']) => orderId);
  }

  /** Presses a button of an order's page, also one that is no longer there: somebody else may have been faster. */
  protected async press(orderId: string, action: string, fields: (page: Page) => Record<string, string>) {
    const page = expectOk(await this.#browser.open(`/orders/${orderId}`));
    expectOk(await this.#browser.submit(page, `/orders/${orderId}/${action}`, fields(page)));
  }

  protected async send(path: string, fields: Record<string, string>, model: Buffer): Promise<Page> {
    return expectOk(await this.#browser.upload(await this.#browser.open(`${path}/new`), path, fields, model));
  }
}

/** Works with the CRM. */
export class Seller extends StaffMember {
  confirm(orderId: string): Promise<void> {
    return this.press(orderId, 'confirm', () => ({}));
  }

  /** Changes the ring for a customer who called. */
  change(orderId: string, wish: Record<string, string>): Promise<void> {
    return this.press(orderId, 'change', () => wish);
  }

  /** Orders for a customer who called, and returns the order's number. */
  async orderFor(customerId: string, fields: Record<string, string>, model: Buffer): Promise<string> {
    return (await this.send('/orders', { customerId, ...fields }, model)).path.replace('/orders/', '');
  }
}

/** Works with the MES. */
export class Operator extends StaffMember {
  /** Takes an order over. */
  assign(orderId: string): Promise<void> {
    return this.press(orderId, 'assign', (page) => ({ operatorId: selected(page) }));
  }

  start(orderId: string): Promise<void> {
    return this.press(orderId, 'start', () => ({}));
  }

  finish(orderId: string): Promise<void> {
    return this.press(orderId, 'finish', () => ({}));
  }
}

/** The operator that the page proposes: whoever looks at it. */
function selected({ text }: Page): string {
  return /<option value="([0-9a-f-]{36})" selected>/.exec(text)?.[1] ?? '';
}
