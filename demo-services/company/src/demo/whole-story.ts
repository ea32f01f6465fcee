import { setTimeout as sleep } from 'node:timers/promises';
import { connect, describeFailure, findStory, type Story, summarise } from '@hallmark/lookup';
import { StackError } from '@hallmark/stack';
import { missingPieces } from './missing-pieces.js';

const POLL_MS = 1_000;
/** Records reach the store seconds after they are written; how long until a piece counts as missing. */
const PATIENCE_MS = 120_000;

export interface Found {
  story: Story;
  /** What the story lacks, one line a piece; empty where it is whole. */
  missing: string[];
}

/** Looks the order up again and again until its story is whole, or for two minutes. Throws a StackError when the store can't be asked until then. */
export async function waitForStory(elasticsearchUrl: string, orderId: string): Promise<Found> {
  const endMs = Date.now() + PATIENCE_MS;
  const client = connect(elasticsearchUrl);
  try {
    for (;;) {
      // A stream that is made at this moment can't be searched yet: only a store that stays so is a failure.
      const story = await findStory(client, { orderId }).catch((error: unknown) => {
        if (Date.now() > endMs) throw new StackError(describeFailure(error, elasticsearchUrl));
      });
      const missing = story && missingPieces(summarise(story), story);
      if (missing && (missing.length === 0 || Date.now() > endMs)) return { story, missing };
      await sleep(POLL_MS);
    }
  } finally {
    await client.close();
  }
}
