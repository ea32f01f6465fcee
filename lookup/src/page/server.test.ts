import assert from 'node:assert/strict';
import { request } from 'node:http';
import { storyOf } from '../example/collected.js';
import { exampleOrder, exampleOrderId } from '../example/order.js';
import type { SearchView, StoryView } from './model.js';
import { type PageServer, servePage } from './server.js';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

const story = `/api/story?story=order:${exampleOrderId}`;

describe('the server of the page', () => {
  let page: PageServer;
  let links: string[];
  let looks = 0;

  beforeEach(async () => {
    links = [];
    looks = 0;
    const never = () => assert.fail('not asked here');
    page = await servePage({
      core: {
        async story(asked) {
          looks += 1;
          return storyOf(asked, exampleOrder());
        },
        search: never,
        tail: never,
        record: never,
        readAsked: () => undefined,
        ndjson: (told) => [`${JSON.stringify(told.asked)}\n`],
        otlp: never,
        describe: (error) => ({ status: 502, error: String(error) }),
      },
      onLink: (link) => links.push(link),
    });
  });
  afterEach(() => page.close());

  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<Answer>((resolve, reject) => {
      const sent = request(new URL(path, page.url), { headers, method }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const { statusCode: status = 0, headers: answered } = response;
          resolve({ status, headers: answered, text: Buffer.concat(chunks).toString() });
        });
      });
      sent.on('error', reject).end();
    });
  const enter = async () => {
    const { headers } = await ask(links.at(-1) ?? '');
    return { cookie: String(headers['set-cookie']).split(';')[0] ?? '' };
  };

  it('listens on loopback only', () => {
    assert.match(page.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('opens by a link once, for a strict cookie that no script can read, and then gives the next link', async () => {
    const [link = ''] = links;
    const first = await ask(link);
    assert.equal(first.status, 200);
    assert.match(
      String(first.headers['set-cookie']),
      /^hallmark-lookup-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const second = await ask(link);
    assert.equal(second.status, 403);
    assert.match(second.text, /This link has been used.*LOOKUP_URL=.*npm run lookup -- page/s);
    assert.equal(second.headers['set-cookie'], undefined);
    assert.equal(links.length, 2);
    assert.notEqual(links[1], link);
    assert.equal((await ask('/', await enter())).status, 200);
  });

  it('is not opened by a look at the link, as a chat takes one', async () => {
    assert.equal((await ask(links[0] ?? '', {}, 'HEAD')).status, 403);
    assert.equal((await ask(links[0] ?? '', { 'sec-purpose': 'prefetch;prerender' })).status, 403);
    assert.equal((await ask(links[0] ?? '')).status, 200);
  });

  it('shows nothing without a session, and says how to get one', async () => {
    for (const headers of [{}, { cookie: `hallmark-lookup-${new URL(page.url).port}=${'x'.repeat(43)}` }]) {
      const { status, text } = await ask('/', headers);
      assert.equal(status, 403);
      assert.match(text, /not open in this browser.*npm run lookup -- page/s);
      assert.equal((await ask(story, headers)).status, 403);
    }
    assert.equal(looks, 0);
  });

  it('answers with the story to a session', async () => {
    const { status, text } = await ask(story, await enter());
    assert.equal(status, 200);
    const view = JSON.parse(text) as StoryView;
    assert.deepEqual([view.verdict, view.rows.length], ['whole', exampleOrder().length]);
    assert.equal(new Set(view.rows.map((row) => row.id)).size, view.rows.length);
  });

  it('takes for an order’s number what looks like one, though it has no digit', async () => {
    const { status, text } = await ask('/api/search?q=ORD-YLHEBHHRVL', await enter());
    assert.equal(status, 200);
    assert.equal((JSON.parse(text) as SearchView).story?.name, 'order:ORD-YLHEBHHRVL');
  });

  it('turns away another name for its address, another page’s script and everything but reading', async () => {
    const session = await enter();
    const { port } = new URL(page.url);
    for (const [headers, method, status] of [
      [{ host: `evil.example:${port}` }, 'GET', 403],
      [{ host: `127.0.0.1:${Number(port) + 1}` }, 'GET', 403],
      [{ origin: 'http://evil.example' }, 'GET', 403],
      [{ origin: 'null' }, 'GET', 403],
      [{ 'sec-fetch-site': 'cross-site' }, 'GET', 404],
      [{ 'sec-fetch-site': 'same-site' }, 'GET', 404],
      [{}, 'POST', 405],
      [{}, 'DELETE', 405],
    ] as const) {
      const answer = await ask(story, { ...session, ...headers }, method);
      assert.equal(answer.status, status, JSON.stringify([headers, method]));
    }
    assert.equal(looks, 0);
    assert.equal((await ask(story, { ...session, origin: page.url, 'sec-fetch-site': 'same-origin' })).status, 200);
  });

  it('lets whoever follows a link from another site go on from within, where the cookie is sent', async () => {
    const { text, status } = await ask('/?story=order:A%22%3E%3Cb%3E', {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
    });
    assert.equal(status, 200);
    assert.match(text, /http-equiv="refresh" content="0;url=\/\?story=order:A%22%3E%3Cb%3E"/);
    assert.doesNotMatch(text, /<b>|<script/);
  });

  it('sends nobody on to another server, however its address is written', async () => {
    const { hostname: host, port } = new URL(page.url);
    for (const path of ['//x//evil.example/p', '/.//evil.example', '//evil.example/', '/\\evil.example']) {
      const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
      const status = await new Promise((resolve, reject) => {
        const sent = request({ host, port, path, headers }, (response) => resolve(response.resume().statusCode));
        sent.on('error', reject).end();
      });
      assert.equal(status, 403, path);
    }
  });

  it('forbids by every answer what a page could be tricked into', async () => {
    const session = await enter();
    for (const path of ['/', story, '/nowhere', '/enter?token=spent']) {
      const { headers } = await ask(path, session);
      const policy = String(headers['content-security-policy']);
      assert.match(policy, /^default-src 'none'; script-src 'self' 'nonce-[\w+/]{22}=='; style-src 'self';/);
      assert.match(policy, /frame-ancestors 'none'; require-trusted-types-for 'script'/);
      assert.doesNotMatch(policy, /unsafe|https?:|\*/);
      assert.deepEqual(
        [headers['cache-control'], headers['x-content-type-options'], headers['referrer-policy']],
        ['no-store', 'nosniff', 'no-referrer'],
      );
    }
    const nonces = await Promise.all(
      ['/', '/'].map(async (path) => (await ask(path, session)).text.match(/nonce="([^"]+)/)?.[1]),
    );
    assert.ok(nonces[0] && nonces[0] !== nonces[1]);
  });

  /** What the paths of the page's own files begin with. */
  const base = async () =>
    /src="(\/app-[0-9a-f]{16})\/page\/client\/main\.js"/.exec((await ask('/', await enter())).text)?.[1] ?? '';

  it('serves its own files and no other', async () => {
    const app = await base();
    for (const path of ['/page/client/main.js', '/list.css', '/modules/preact.mjs', '/mark.svg']) {
      const { status, headers } = await ask(app + path);
      assert.deepEqual([status, headers['cache-control']], [200, 'private, max-age=31536000, immutable'], path);
    }
    const session = await enter();
    for (const path of [
      `${app}/../../package.json`,
      `${app}/page/server.js`,
      `${app}/%2e%2e/main.js`,
      `${app}/modules/hooks.mjs.map`,
      '/app-0000000000000000/page/client/main.js',
    ]) {
      assert.equal((await ask(path, session)).status, 404, path);
    }
  });

  it('names every module that the page needs, and what it asks for first', async () => {
    const session = await enter();
    const { text } = await ask('/?story=order:A%26B%22C&since=24h&tz=utc', session);
    assert.match(
      text,
      /<link rel="preload" as="fetch" crossorigin href="\/api\/story\?story=order%3AA%26B%22C&#38;since=24h">/,
    );
    assert.doesNotMatch((await ask('/', session)).text, /rel="preload"/);
    const named = [...text.matchAll(/rel="modulepreload" href="([^"]+)"/g)].map(([, path]) => path ?? '');
    for (const path of named) {
      const script = (await ask(path)).text;
      for (const [, imported = ''] of script.matchAll(/(?:from|import) ?"?'?(\.{1,2}\/[^"']+)["']/g)) {
        assert.ok(named.includes(new URL(imported, `${page.url}${path}`).pathname), `${imported} of ${path}`);
      }
    }
    assert.ok(named.length > 30);
  });

  it('gives a story as a file whose name is safe', async () => {
    const { headers, text } = await ask('/api/download?story=order:../a"b&as=ndjson', await enter());
    assert.equal(headers['content-disposition'], 'attachment; filename="order-..-a-b.ndjson"');
    assert.equal(text, '{"orderId":"../a\\"b"}\n');
  });

  it('answers a request that it can’t understand with what would be right', async () => {
    const session = await enter();
    for (const [path, says] of [
      ['/api/story?story=nothing', /right would be story=order:/],
      [`${story}&since=soon`, /'soon' is no window; right would be 15m, 24h or 30d/],
      [`${story}&from=x`, /from='x' is no moment/],
      [`${story}&from=2026-11-22&to=2026-11-20`, /the window ends before it begins/],
    ] as const) {
      const { status, text } = await ask(path, session);
      assert.equal(status, 400);
      assert.match(JSON.parse(text).error, says);
    }
  });
});
