import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAddress } from './address.js';
import { type Api, answerApi } from './api.js';
import { readAssets } from './assets.js';
import { documentsWith } from './documents.js';
import { cookieOf, isFollowedFromElsewhere, isFromThePage, refusalOf } from './guard.js';
import { keptForEver, securityHeaders } from './headers.js';
import { firstPath } from './paths.js';
import { Sessions } from './sessions.js';

export interface PageOptions extends Api {
  /** A free one unless told; on 127.0.0.1 in any case. */
  readonly port?: number;
  /** Takes each link that opens the page: the first at once, and the next one when a link has been used. */
  readonly onLink: (link: string) => void;
}

export interface PageServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  close(): Promise<void>;
}

const loopback = '127.0.0.1';
const html = 'text/html; charset=utf-8';

/** Serves the page on loopback until it is closed. Throws what `listen` does, e.g. EADDRINUSE. */
export async function servePage(options: PageOptions): Promise<PageServer> {
  const sessions = new Sessions();
  const assets = readAssets();
  const { shell, notice, goOn, ...documents } = documentsWith(assets);
  const authorities: string[] = [];
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 32_768 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, loopback, resolve);
  });
  const { port } = server.address() as AddressInfo;
  authorities.push(`${loopback}:${port}`, `localhost:${port}`);
  const url = `http://${loopback}:${port}`;
  // Cookies don't know ports: two pages of one machine must not take each other's.
  const cookie = `hallmark-lookup-${port}`;
  const giveLink = () => options.onLink(`${url}/enter?token=${sessions.newLink()}`);

  const enter = (request: IncomingMessage, response: ServerResponse, token: string) => {
    // A chat that shows what a link leads to asks by HEAD, or for a prefetch: that must not spend it.
    const isLook = request.method === 'HEAD' || request.headers['sec-purpose'] !== undefined;
    const secret = isLook ? undefined : sessions.open(token);
    if (secret === undefined) {
      const isOpen = sessions.isOpen(cookieOf(request, cookie));
      return send(response, 403, html, isOpen ? documents.spentLinkButOpen : documents.spentLink);
    }
    response.setHeader('set-cookie', `${cookie}=${secret}; Path=/; HttpOnly; SameSite=Strict`);
    send(response, 200, html, goOn('/'));
    giveLink();
  };

  server.on('request', (request, response) => {
    const nonce = randomBytes(16).toString('base64');
    for (const [name, value] of Object.entries(securityHeaders(nonce))) response.setHeader(name, value);
    const refusal = refusalOf(request, authorities);
    if (refusal) return send(response, refusal.status, html, notice('Not here', [refusal.text]));
    const target = URL.parse(request.url ?? '/', url);
    if (target === null) return send(response, 400, html, notice('Not here', ['This address can’t be read.']));
    if (target.pathname === '/enter') return enter(request, response, target.searchParams.get('token') ?? '');

    const asset = assets.files.get(target.pathname);
    if (asset) {
      response.setHeader('cache-control', keptForEver);
      return send(response, 200, asset.type, asset.content);
    }
    const isApi = target.pathname.startsWith('/api/');
    if (!sessions.isOpen(cookieOf(request, cookie))) {
      if (isApi) return send(response, 403, 'application/json', '{"error":"no session"}');
      // `//elsewhere/` would be another server's address.
      const isHere = target.origin === url && target.pathname === '/';
      if (isHere && isFollowedFromElsewhere(request)) return send(response, 200, html, goOn(`/${target.search}`));
      return send(response, 403, html, documents.noSession);
    }
    if (target.pathname === '/') {
      return send(response, 200, html, shell(nonce, firstPath(readAddress(target.search))));
    }
    if (isApi && isFromThePage(request)) return void answerApi(options, target, response);
    send(response, 404, html, notice('Not here', ['There is no such page. <a href="/">Go to the look-up</a>']));
  });

  giveLink();
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, status: number, type: string, content: string | Buffer): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(content) }).end(content);
}
