import { isRefusal } from './access/access.js';
import type { SearchAnswer, SearchOptions } from './search/answer.js';
import { search } from './search/search.js';
import { listServices } from './services/list.js';
import type { ServicesAnswer } from './services/services.js';
import { connect } from './store/connect.js';
import type { Places } from './store/environment.js';
import { readWhole, type Whole } from './store/whole.js';
import { spokenAsked } from './story/asked.js';
import { flatten, textOf } from './story/attributes.js';
import { dayMs, findStory, type StoryOptions } from './story/find-story.js';
import { orderId } from './story/names.js';
import type { Asked, Story } from './story/story.js';
import { countOf, ordersOf } from './story/summarise.js';
import { startBefore } from './story/times.js';
import { follow } from './tail/follow.js';
import type { TailBatch, TailOptions } from './tail/tail.js';
import { openJournal } from './who-looked/journal.js';
import type { Look, Looker } from './who-looked/record.js';
import { recordedTail } from './who-looked/tail.js';

/** Where to look in time. Both ends are optional. */
export interface Window {
  readonly from?: Date;
  readonly to?: Date;
}

/**
 * What both renderers ask. Every method looks under the account of the user, and writes who looked, what was asked and how much came
 * back before it gives its answer: without that record there is no answer.
 * Each rejects with `QueryError` (the words can't be understood; has the column), `CannotRecord` (who looked could not be
 * written), `NoAccess` or an error of the Elasticsearch client; `describeFailure` makes each one line.
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
  /** Which services wrote in a window (the last day unless told), how much, and how many errors. */
  services(window?: Window): Promise<ServicesAnswer>;
  /** One span or record as it is stored, whole, by the `id` in the `cut` of an entry; undefined where there is none. */
  record(id: string): Promise<Whole | undefined>;
  close(): Promise<void>;
}

/**
 * Opens a look-up. Nothing is asked before the first method is called.
 * @throws CannotLook when the Elasticsearch address is none
 */
export function openLookup(places: Places, looker: Looker): Lookup {
  const client = connect(places.elasticsearch);
  const journal = openJournal(client, places.collector, looker);

  /** The answer, once who looked is written. */
  async function recorded<A>(ask: () => Promise<A>, about: (answer?: A) => Look): Promise<A> {
    let answer: A;
    // The name is needed afterwards, and the door: asked for now, they are there by then. Their failure shows when they are used.
    journal.prepare();
    try {
      answer = await ask();
    } catch (error) {
      if (isRefusal(error)) await journal.refused(about());
      throw error;
    }
    await journal.granted(about(answer));
    return answer;
  }

  return {
    user: () => journal.user(),
    story: (asked, options) =>
      recorded(
        () => findStory(client, asked, options),
        (story) => ({
          kind: 'story',
          asked: spokenAsked(asked),
          from: story?.since ?? options?.since?.toISOString(),
          to: story?.until ?? options?.until?.toISOString(),
          orders: story ? ordersOf(story) : [],
          count: story ? countOf(story) : 0,
        }),
      ),
    search: (query, options) =>
      recorded(
        () => search(client, query, options),
        (answer) => ({
          kind: 'search',
          asked: query,
          from: answer?.from ?? options?.from?.toISOString(),
          to: answer?.to ?? options?.to?.toISOString(),
          orders: (answer?.stories ?? []).flatMap((story) => story.orderId ?? []),
          count: (answer?.stories ?? []).reduce((sum, story) => sum + story.hits.length, 0),
        }),
      ),
    tail: (query, options) => recordedTail(follow(client, query, options), journal, query),
    services: ({ from, to } = {}) => {
      const start = from ?? startBefore((to ?? new Date()).getTime(), dayMs);
      return recorded(
        () => listServices(client, start, to),
        (answer) => ({
          kind: 'services',
          asked: 'services',
          from: start.toISOString(),
          to: answer?.to ?? to?.toISOString(),
          orders: [],
          count: answer?.services.length ?? 0,
        }),
      );
    },
    record: (id) =>
      recorded(
        () => readWhole(client, id),
        (document) => ({
          kind: 'record',
          asked: `Record ${id}`,
          orders: document ? ordersIn(document) : [],
          count: document ? 1 : 0,
        }),
      ),
    close: () => client.close(),
  };
}

function ordersIn(document: Whole): string[] {
  const order = textOf(flatten(document.attributes), orderId);
  return order === undefined ? [] : [order];
}
