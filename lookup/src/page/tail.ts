import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { PageCore } from './api.js';
import type { Failure } from './model.js';
import { tailView } from './search-view.js';

/** Sends what arrives as server-sent events (WHATWG HTML, 9.2) until the browser leaves. */
export async function answerTail(core: PageCore, query: string, response: ServerResponse): Promise<void> {
  const leaving = new AbortController();
  response.once('close', () => leaving.abort());
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  // A browser that waits for its first byte thinks that it isn't connected.
  response.write(': begins\n\n');
  const from = new Date();
  let number = 0;
  try {
    for await (const batch of core.tail(query, { from, signal: leaving.signal })) {
      number += 1;
      if (number === 1) response.write('event: listening\ndata:\n\n');
      // An empty batch keeps the connection alive.
      const text =
        batch.hits.length + batch.left > 0 || batch.gaps
          ? `data: ${JSON.stringify(tailView(batch, number))}\n\n`
          : ': \n\n';
      if (!response.write(text)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
  } catch (error) {
    if (leaving.signal.aborted) return;
    const { status: _, ...failure } = core.describe(error);
    response.write(`event: failed\ndata: ${JSON.stringify(failure satisfies Failure)}\n\n`);
  }
  response.end();
}
