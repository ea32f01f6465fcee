import type { SearchAnswer, SearchOptions } from './search/answer.js';
import type { ServicesAnswer } from './services/services.js';
import type { StoryOptions } from './story/find-story.js';
import type { Asked, Story } from './story/story.js';
import type { TailBatch, TailOptions } from './tail/tail.js';

/** Where to look in time. Both ends are optional: from the last 30 days to now. */
export interface Window {
  readonly from?: Date;
  readonly to?: Date;
}

/**
 * What both renderers ask. Every method runs under the account of the client's user, and writes who looked, what was asked and what
 * came back before it gives its answer: without that record there is no answer.
 * Each rejects with `QueryError` (the words can't be understood; has the column), `CannotRecord` (who looked could not be
 * written) or an error of the Elasticsearch client, which `describeFailure` makes one line.
 */
export interface Lookup {
  /** The name of the user's own Elasticsearch account, as Elasticsearch tells it. */
  user(): Promise<string>;
  /** One story: whole, partial or empty, and why. */
  story(asked: Asked, options?: StoryOptions): Promise<Story>;
  /** What the words of the search language find, as stories, the newest first. */
  search(query: string, options?: SearchOptions): Promise<SearchAnswer>;
  /** What arrives from now on, until the signal aborts or the loop is left. */
  tail(query: string, options?: TailOptions): AsyncGenerator<TailBatch, void, undefined>;
  /** Which services wrote in a window, how much, and how many errors. */
  services(window?: Window): Promise<ServicesAnswer>;
  close(): Promise<void>;
}
