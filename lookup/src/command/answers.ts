import { storyNdjson } from '../export/ndjson.js';
import { storyOtlp } from '../export/otlp.js';
import type { Lookup } from '../lookup.js';
import type { Hit, SearchAnswer } from '../search/answer.js';
import { spokenAsked } from '../story/asked.js';
import type { Gap, Note, Story } from '../story/story.js';
import { foundLines, tailLine } from '../text/found-text.js';
import { plural } from '../text/plural.js';
import { servicesLines } from '../text/services-text.js';
import { storyLines } from '../text/story-text.js';
import type { Request } from './arguments.js';
import type { Output } from './output.js';

/** Makes the look-up and prints its answer; resolves to whether anything was found. */
export function answer(lookup: Lookup, request: Request, output: Output): Promise<boolean> {
  switch (request.command) {
    case 'order':
    case 'trace':
      return tellStory(lookup, request, output);
    case 'search':
      return search(lookup, request, output);
    case 'tail':
      return tail(lookup, request, output);
    case 'record':
      return record(lookup, request, output);
    case 'services':
      return services(lookup, request, output);
  }
}

type Of<C extends Request['command']> = Extract<Request, { readonly command: C }>;

async function tellStory(lookup: Lookup, request: Of<'order' | 'trace'>, output: Output): Promise<boolean> {
  const { asked, from, to, format } = request;
  const story = await lookup.story(asked, { ...(from && { since: from }), ...(to && { until: to }) });
  const found = story.verdict !== 'empty';
  if (format === 'json') output.json(story);
  else if (found) {
    if (format !== 'text') sayGaps(story.gaps, output);
    printStory(story, request, output);
  }
  if (!found) {
    const hints = [...story.gaps, ...story.notes];
    output.say(`nothing of ${spokenAsked(asked)} ${spokenWindow(story.since, story.until)}${spoken(hints)}`);
  }
  return found;
}

async function record(lookup: Lookup, { id }: Of<'record'>, output: Output): Promise<boolean> {
  const document = await lookup.record(id);
  if (document === undefined) output.say(`nothing is stored as ${id}`);
  else output.json(document);
  return document !== undefined;
}

function printStory(story: Story, { format, all }: Of<'order' | 'trace'>, output: Output): void {
  if (format === 'ndjson') for (const line of storyNdjson(story)) output.jsonLine(line);
  else if (format === 'otlp') for (const line of storyOtlp(story)) output.jsonLine(line);
  else for (const line of storyLines(story, { ...output, all })) output.line(line);
}

async function search(lookup: Lookup, request: Of<'search'>, output: Output): Promise<boolean> {
  const { query, limit, after, from, to, format } = request;
  const found = await lookup.search(query, {
    limit,
    ...(from && { from }),
    ...(to && { to }),
    ...(after !== undefined && { after }),
  });
  if (format === 'json') output.json(found);
  else if (format === 'ndjson' && found.total > 0) {
    sayGaps(found.gaps, output);
    for (const hit of newestFirst(found)) output.jsonLine(JSON.stringify(hit));
  } else if (found.total > 0) for (const line of foundLines(newestFirst(found), found, output)) output.line(line);
  if (found.next !== undefined && format !== 'json') output.say(`older ones: ${nextPage(request, found)}`);
  if (found.total === 0)
    output.say(`nothing has ${query} ${spokenWindow(found.from, to && found.to)}${spoken(found.gaps)}`);
  return found.total > 0;
}

/** The command for the next page: the same window, also tomorrow. */
function nextPage({ query, limit, to, format }: Of<'search'>, { from, next }: SearchAnswer): string {
  const quoted = `'${query.replaceAll("'", "'\\''")}'`;
  const until = to ? ` --to ${to.toISOString()}` : '';
  const form = format === 'ndjson' ? ' --ndjson' : '';
  return `npm run lookup -- search ${quoted} --from ${from}${until} --limit ${limit}${form} --after ${next}`;
}

function newestFirst({ stories }: SearchAnswer): Hit[] {
  return stories.flatMap((story) => story.hits).sort((a, b) => b.timeMs - a.timeMs);
}

async function tail(lookup: Lookup, { query, from, format }: Of<'tail'>, output: Output): Promise<boolean> {
  let found = false;
  for await (const { gaps = [], hits, left } of lookup.tail(query, { signal: output.ended, ...(from && { from }) })) {
    sayGaps(gaps, output);
    for (const hit of hits) {
      if (format === 'text') output.line(tailLine(hit, output));
      else output.jsonLine(JSON.stringify(hit));
    }
    if (left > 0) output.say(`${left} more came at once and are not shown`);
    found ||= hits.length > 0;
  }
  return found;
}

async function services(lookup: Lookup, { from, to, format }: Of<'services'>, output: Output): Promise<boolean> {
  const answer = await lookup.services({ ...(from && { from }), ...(to && { to }) });
  if (format === 'json') output.json(answer);
  else if (format === 'ndjson') {
    if (answer.services.length > 0) sayGaps(answer.gaps, output);
    for (const each of answer.services) output.jsonLine(JSON.stringify(each));
  } else for (const line of servicesLines(answer, output)) output.line(line);
  const found = answer.services.length > 0;
  if (!found)
    output.say(`no service wrote anything ${spokenWindow(answer.from, to && answer.to)}${spoken(answer.gaps)}`);
  return found;
}

const mostGaps = 20;

/** What is missing from an answer whose data are lines, which have no place for it. */
function sayGaps(gaps: readonly Gap[], output: Output): void {
  for (const gap of gaps.slice(0, mostGaps)) output.say(`partial: ${gap.text}`);
  if (gaps.length > mostGaps) output.say(`partial: ${plural(gaps.length - mostGaps, 'more gap')}; --json has them all`);
}

function spokenWindow(since: string, until?: string): string {
  const minute = (time: string) => time.slice(0, 16).replace('T', ' ');
  return until === undefined ? `since ${minute(since)} UTC` : `from ${minute(since)} to ${minute(until)} UTC`;
}

function spoken(gaps: readonly (Gap | Note)[]): string {
  return gaps.map((gap) => `; ${gap.text}`).join('');
}
