const TIMEOUT_MS = 120_000;

export interface Page {
  path: string;
  status: number;
  text: string;
}

/** What a browser does of its own accord: keeps cookies, follows redirects, says where it comes from. */
export class Browser {
  readonly #siteUrl: string;
  #cookies = new Map<string, string>();
  #here: string | undefined;

  constructor(siteUrl: string) {
    this.#siteUrl = siteUrl;
  }

  /** As they are sent: `name=value; name=value`. */
  get cookies(): string {
    return [...this.#cookies].map((pair) => pair.join('=')).join('; ');
  }

  open(path: string): Promise<Page> {
    return this.#go(path, { method: 'GET' });
  }

  /** Sends a form with the hidden token of the page that was opened last. */
  submit(page: Page, path: string, fields: Record<string, string>): Promise<Page> {
    return this.#go(path, { method: 'POST', body: new URLSearchParams({ csrf: csrfOf(page), ...fields }) });
  }

  /** Sends a form with a file, which comes last. */
  upload(page: Page, path: string, fields: Record<string, string>, file: Buffer): Promise<Page> {
    const form = new FormData();
    form.set('csrf', csrfOf(page));
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('model', new Blob([new Uint8Array(file)], { type: 'model/stl' }), 'ring.stl');
    return this.#go(path, { method: 'POST', body: form });
  }

  async #go(path: string, init: RequestInit): Promise<Page> {
    const headers: Record<string, string> = { cookie: this.cookies };
    if (this.#here) headers.referer = this.#here;
    const url = new URL(path, this.#siteUrl);
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { ...init, headers, redirect: 'manual', signal });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    const text = await response.text();
    const location = response.headers.get('location');
    if (response.status === 303 && location) return this.#go(location, { method: 'GET' });
    this.#here = url.href;
    return { path: url.pathname, status: response.status, text };
  }

  #keep(cookie: string): void {
    const [pair = ''] = cookie.split(';');
    const at = pair.indexOf('=');
    this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}

/** The page, where it is one that was asked for. Throws with the reason that the page shows. */
export function expectOk(page: Page): Page {
  if (page.status === 200) return page;
  const reason = /class="error">([^<]*)</.exec(page.text)?.[1] ?? page.text.slice(0, 200);
  throw new Error(`${page.path} was answered with ${page.status}: ${reason}`);
}

function csrfOf(page: Page): string {
  const token = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1];
  if (!token) throw new Error(`the page ${page.path} has no form (status ${page.status})`);
  return token;
}
