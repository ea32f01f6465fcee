import { setTimeout as pause } from 'node:timers/promises';
import { errors } from '@elastic/elasticsearch';

/**
 * A stream's first index answers 503 until its shard has started: well under a second, seconds on a busy machine. A cluster without
 * shards answers it for ever.
 */
const patienceMs = 20_000;
const pollMs = 200;

/** Asks again while the answer is 503. Throws the last one when the patience is over. */
export async function pastShardStart<T>(ask: () => Promise<T>): Promise<T> {
  const deadlineMs = Date.now() + patienceMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const isStarting = error instanceof errors.ResponseError && error.statusCode === 503;
      if (!isStarting || Date.now() > deadlineMs) throw error;
      await pause(pollMs);
    }
  }
}
