import type { ServerResponse } from 'node:http';
import type { SearchAnswer, SearchOptions } from '../search/answer.js';
import type { Whole } from '../store/whole.js';
import type { StoryOptions } from '../story/find-story.js';
import type { Asked, Note, Story } from '../story/story.js';
import type { TailBatch, TailOptions } from '../tail/tail.js';
import { downloadStory } from './download.js';
import { storyInKibana } from './kibana.js';
import type { Failure, SearchView, StoryView } from './model.js';
import { BadRequest, type Window, windowIn } from './request.js';
import { searchView } from './search-view.js';
import { readStoryName, storyName } from './story-name.js';
import { storyView } from './story-view.js';
import { answerTail } from './tail.js';
import { Turns } from './turns.js';

/** What the page asks of the core, which records who looked before it answers. */
export interface PageCore {
  story(asked: Asked, options?: StoryOptions): Promise<Story>;
  search(query: string, options?: SearchOptions): Promise<SearchAnswer>;
  tail(query: string, options?: TailOptions): AsyncIterable<TailBatch>;
  /** One span or record whole, by the id in its `cut`. */
  record(id: string): Promise<Whole | undefined>;
  /** What a text that was pasted names, where it is an id. */
  readAsked(text: string): Asked | undefined;
  /** A story as lines of a file. */
  ndjson(story: Story): Iterable<string>;
  otlp(story: Story): Iterable<string>;
  /** One line for an error of the core, with the status of the answer. */
  describe(error: unknown): Failure & { readonly status: number };
}

export interface Api {
  readonly core: PageCore;
  readonly kibanaUrl?: string;
}

/** Stories that are read at once: each may hold tens of megabytes. */
const mostAtOnce = 2;
const turns = new Turns(mostAtOnce);

export async function answerApi(api: Api, target: URL, response: ServerResponse): Promise<void> {
  const { core } = api;
  try {
    const window = windowIn(target.searchParams, new Date());
    switch (target.pathname) {
      case '/api/story':
        return json(response, 200, await turns.take(() => story(api, askedIn(target), window)));
      case '/api/search':
        return json(response, 200, await turns.take(() => search(api, target, window)));
      case '/api/download':
        return await turns.take(async () => {
          const found = await core.story(askedIn(target), window);
          const form = target.searchParams.get('as') === 'otlp' ? 'otlp' : 'ndjson';
          await downloadStory(found, core[form](found), form, response);
        });
      case '/api/record':
        return await turns.take(async () => {
          const whole = await core.record(target.searchParams.get('id') ?? '');
          if (whole === undefined)
            return json(response, 404, { error: 'nothing is stored under this name' } satisfies Failure);
          response.setHeader('content-disposition', 'attachment; filename="record.json"');
          json(response, 200, whole);
        });
      case '/api/tail':
        return await answerTail(core, target.searchParams.get('q') ?? '', response);
      default:
        return json(response, 404, { error: 'there is no such look-up' } satisfies Failure);
    }
  } catch (error) {
    const { status, ...failure } =
      error instanceof BadRequest ? { status: 400, error: error.message } : core.describe(error);
    if (response.headersSent) response.destroy();
    else json(response, status, failure);
  }
}

async function story({ core, kibanaUrl }: Api, asked: Asked, window: Window): Promise<StoryView> {
  return view(await core.story(asked, window), kibanaUrl);
}

function view(found: Story, kibanaUrl: string | undefined): StoryView {
  const isLinked = kibanaUrl !== undefined && found.traces.length > 0;
  return { ...storyView(found), ...(isLinked && { kibana: storyInKibana(kibanaUrl, found) }) };
}

/** An id leads to its story, everything else is searched for. */
async function search({ core, kibanaUrl }: Api, target: URL, window: Window): Promise<SearchView> {
  const q = (target.searchParams.get('q') ?? '').trim();
  const after = target.searchParams.get('after');
  const notes: Note[] = [];
  for (const asked of after === null ? asksOf(q, core) : []) {
    const found = await core.story(asked, window);
    if (found.verdict !== 'empty') return { story: { name: storyName(asked), view: view(found, kibanaUrl) } };
    notes.push(...found.notes);
  }
  const { since: from, until: to } = window;
  const options = { ...(from && { from }), ...(to && { to }), ...(after !== null && { after }) };
  return { ...searchView(await core.search(q, options)), ...(notes.length > 0 && { notes }) };
}

/** A text that looks like an id may be an order's or a message's: nothing in it tells which. */
function asksOf(q: string, core: PageCore): Asked[] {
  const asked = core.readAsked(q);
  if (asked !== undefined) return [asked];
  // An id made at random may have no digit: ORD-YLHEBHHRVL.
  const isOneId = /^[\p{L}\p{N}][\p{L}\p{N}_.-]{3,127}$/u.test(q) && /\p{N}|^\p{Lu}+-\p{Lu}+$/u.test(q);
  return isOneId ? [{ orderId: q }, { messageId: q }] : [];
}

function askedIn({ searchParams }: URL): Asked {
  const asked = readStoryName(searchParams.get('story') ?? '');
  if (asked === undefined)
    throw new BadRequest('the address names no story; right would be story=order:ORD-7K2MXQ4BTZ');
  return asked;
}

function json(response: ServerResponse, status: number, content: unknown): void {
  const text = JSON.stringify(content);
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) })
    .end(text);
}
