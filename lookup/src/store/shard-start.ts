import { setTimeout as pause } from 'node:timers/promises';
import { errors } from '@elastic/elasticsearch';

/**
 * A stream's first index answers 503 until its shard has started: well under a second, seconds on a busy machine. A cluster without
 * shards answers it for ever.
 */
const patienceMs = 20_000;
const pollMs = 200;

/** Where other shards answered, there is something to show: that is not held back for long. */
const partialPatienceMs = 5_000;

/**
 * Asks again while the answer is 503, or lacks shards. When the patience is over it throws the 503, and gives the answer that lacks some.
 */
export async function pastShardStart<T>(ask: () => Promise<T>, lacksShards: (answer: T) => boolean): Promise<T> {
  const beganMs = Date.now();
  for (;;) {
    try {
      const answer = await ask();
      if (!lacksShards(answer) || Date.now() > beganMs + partialPatienceMs) return answer;
    } catch (error) {
      const isStarting = error instanceof errors.ResponseError && error.statusCode === 503;
      if (!isStarting || Date.now() > beganMs + patienceMs) throw error;
    }
    await pause(pollMs);
  }
}
