import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Attributes } from '@opentelemetry/api';

interface Address {
  readonly host: string;
  readonly port: number | undefined;
}
interface Target {
  readonly path: string;
  readonly query: string;
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH', 'QUERY']);
const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };
/** Paths that a URL parser would leave as they are: nothing to escape, no dot segments, no host in front. */
const PLAIN_PATH = /^\/(?!\/)(?:[\w\-~%!$&'()*+,;=:@/]|(?<!\/)\.)*$/;
const MOST_HOSTS = 100;

const hosts = new Map<string, Address>();

/** What the semantic conventions (1.27) want of a request that is served. @param scheme of the server's own protocol */
export function requestAttributes(request: IncomingMessage, scheme: 'http' | 'https'): Attributes {
  const { headers, socket, method = 'GET' } = request;
  const known = METHODS.has(method);
  const server = serverAddress(headers, scheme);
  const target = targetOf(request.url ?? '/');
  const attributes: Attributes = {
    'http.request.method': known ? method : '_OTHER',
    'url.scheme': scheme,
    'url.path': target.path,
    'network.protocol.version': request.httpVersion,
  };
  if (!known) attributes['http.request.method_original'] = method;
  if (target.query !== '') attributes['url.query'] = target.query;
  if (server) {
    attributes['server.address'] = server.host;
    if (server.port !== undefined) attributes['server.port'] = server.port;
  }
  const peer = socket?.remoteAddress;
  if (peer !== undefined) {
    attributes['network.peer.address'] = peer;
    attributes['network.peer.port'] = socket.remotePort;
  }
  const client = forwardedBy(headers, 'for') ?? peer;
  if (client !== undefined) attributes['client.address'] = client;
  if (headers['user-agent'] !== undefined) attributes['user_agent.original'] = headers['user-agent'];
  return attributes;
}

function targetOf(url: string): Target {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  if (PLAIN_PATH.test(path) || !URL.canParse(url, 'http://localhost')) return { path, query };
  return { path: new URL(url, 'http://localhost').pathname, query };
}

function serverAddress(headers: IncomingMessage['headers'], scheme: string): Address | undefined {
  const forwarded = forwardedBy(headers, 'host');
  if (forwarded !== undefined) return address(forwarded, forwardedBy(headers, 'proto'));
  const { host } = headers;
  if (!host) return undefined;
  const key = scheme + host;
  let known = hosts.get(key);
  if (!known) {
    known = address(host, scheme);
    if (hosts.size >= MOST_HOSTS) hosts.clear();
    hosts.set(key, known);
  }
  return known;
}

/** @param scheme says the port where the text has none */
function address(text: string, scheme: string | undefined): Address {
  const [, host, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (host === undefined) return { host: text, port: undefined };
  return { host, port: port === undefined ? DEFAULT_PORTS[scheme ?? ''] : Number(port) };
}

/** What the first proxy says of the request: by `Forwarded` (RFC 7239), or else by the header that proxies had before it. */
function forwardedBy(headers: IncomingMessage['headers'], what: 'for' | 'host' | 'proto'): string | undefined {
  const { forwarded } = headers;
  const former = headers[`x-forwarded-${what}`];
  if (forwarded === undefined && former === undefined) return undefined;
  const match = new RegExp(`(?:^|[;,\\s])${what}=(?:"([^"]*)"|([^;,\\s]*))`, 'i').exec(forwarded ?? '');
  const value =
    match?.[1] ??
    match?.[2] ??
    String(former ?? '')
      .split(',', 1)[0]
      ?.trim();
  if (!value) return undefined;
  return what === 'for' ? withoutPort(value) : value;
}

function withoutPort(client: string): string {
  if (isIP(client) !== 0) return client;
  return /^\[([^\]]*)\](?::\d+)?$/.exec(client)?.[1] ?? client.replace(/:\d{1,5}$/, '');
}
