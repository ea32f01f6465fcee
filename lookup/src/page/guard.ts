import type { IncomingMessage } from 'node:http';

/** Why a request is turned away before anything is looked at; the text is for people. */
export interface Refusal {
  readonly status: 400 | 403 | 405;
  readonly text: string;
}

/**
 * Turns away what a browser of this machine's user would not have sent from the page itself: another name for this address (DNS
 * rebinding), another page's script or form (cross-site requests), another method than reading.
 * @param authorities what `Host` may say, e.g. `127.0.0.1:4173`
 */
export function refusalOf(request: IncomingMessage, authorities: readonly string[]): Refusal | undefined {
  const { host, origin } = request.headers;
  if (host === undefined || !authorities.includes(host.toLowerCase())) {
    return { status: 403, text: `This page is only served under its own address, http://${authorities[0]}.` };
  }
  if (origin !== undefined && !authorities.some((authority) => origin.toLowerCase() === `http://${authority}`)) {
    return { status: 403, text: 'Another page asked for this; only the look-up page itself may.' };
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, text: `The page is only read: there is no ${request.method} here.` };
  }
  return undefined;
}

/** Whether the browser says that the request comes from the page itself, or doesn't say (no browser, an old one). */
export function isFromThePage(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin';
}

/** A link to the page on another site: the browser follows it, but leaves the cookie at home (SameSite=Strict). */
export function isFollowedFromElsewhere(request: IncomingMessage): boolean {
  const { 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers;
  return mode === 'navigate' && (site === 'cross-site' || site === 'same-site');
}

export function cookieOf(request: IncomingMessage, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key = '', ...value] = pair.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}
