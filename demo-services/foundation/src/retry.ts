import pRetry from 'p-retry';
import { CallFailed } from './call-failed.js';
import type { Logger } from './logger.js';

const RETRIES = 2;
const FIRST_PAUSE_MS = 400;
const PAUSE_GROWTH = 3;

/**
 * Makes a call that may be repeated without harm up to three times, and tells of every repetition (`http.client.retry`)
 * and of giving up (`http.client.retries_exhausted`). What the other side refuses (4xx) is not repeated. Throws the last error.
 */
export function withRetries<T>(method: string, url: string, logger: Logger, call: () => Promise<T>): Promise<T> {
  return pRetry(call, {
    retries: RETRIES,
    minTimeout: FIRST_PAUSE_MS,
    factor: PAUSE_GROWTH,
    shouldRetry: ({ error }) => isWorthIt(error),
    onFailedAttempt: ({ error, retriesLeft }) => {
      if (!isWorthIt(error)) return;
      const about = {
        'http.request.method': method,
        'url.path': new URL(url).pathname,
        'http.response.status_code': error.status,
        error,
      };
      if (retriesLeft > 0) {
        const again = { event: 'http.client.retry', ...about, 'retry.attempts_left': retriesLeft };
        logger.warn(`${method} failed, trying again`, again);
      } else {
        logger.error(`${method} given up`, { event: 'http.client.retries_exhausted', ...about });
      }
    },
  });
}

function isWorthIt(error: unknown): error is CallFailed {
  return error instanceof CallFailed && !error.refused;
}
