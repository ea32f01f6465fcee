import type { Hit } from '../search/answer.js';
import type { Gap } from '../story/story.js';

export interface TailOptions {
  /** Also what was written since then; now. */
  readonly from?: Date;
  /** Ends the tail. */
  readonly signal?: AbortSignal;
  /** Time between two looks, in ms; 1,000. */
  readonly pollMs?: number;
}

/** What has newly become visible. Batches may be empty: the tail lives. */
export interface TailBatch {
  /** Why the tail lacks something: systems that the account may not read. In the first batch only. */
  readonly gaps?: readonly Gap[];
  /** By time, the oldest first; each at most once in a tail. */
  readonly hits: readonly (Hit & { /** It arrived after younger ones were shown. */ readonly late?: true })[];
  /** New ones that are not in `hits` because there were too many at once. */
  readonly left: number;
}
