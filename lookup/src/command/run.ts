import type { Client } from '@elastic/elasticsearch';
import { CannotLook, connect, describeFailure, whereToLook } from '../store/connect.js';
import { searchWords } from '../store/words.js';
import { findStory } from '../story/find-story.js';
import type { Asked } from '../story/story.js';
import { foundLines } from '../text/found-text.js';
import { wantsColours } from '../text/paint.js';
import { storyLines } from '../text/story-text.js';
import { safeJson, visible } from '../text/visible.js';
import { type HelpRequest, type Request, readArguments, UsageError } from './arguments.js';
import { commandHelp, mainHelp } from './help.js';

export const exitCodes = { found: 0, nothingFound: 1, couldNotLook: 2, usage: 64 } as const;

/** What the command has of the process that it runs in. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly folder: string;
  readonly out: NodeJS.WriteStream;
  readonly talk: NodeJS.WriteStream;
}

const pipeWidth = 100;

/** Runs one look-up; resolves to the exit code. Data goes to `out`, everything else to `talk`. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { out, talk } = surroundings;
  // A reader that has seen enough (head, less) closes the pipe: that ends the look-up and is no failure.
  out.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(exitCodes.found);
  });
  const say = (line: string) => talk.write(`lookup: ${visible(line)}\n`);
  let request: Request | HelpRequest;
  try {
    request = readArguments(args, new Date());
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    say(error.message);
    return exitCodes.usage;
  }
  if ('help' in request) {
    out.write(request.help === 'main' ? mainHelp : commandHelp[request.help]);
    return exitCodes.found;
  }
  let url = '';
  try {
    url = whereToLook(surroundings.environment, surroundings.folder);
    const client = connect(url);
    try {
      return await answer(client, request, surroundings, say);
    } finally {
      await client.close();
    }
  } catch (error) {
    say(error instanceof CannotLook ? error.message : describeFailure(error, url));
    return exitCodes.couldNotLook;
  }
}

async function answer(client: Client, request: Request, surroundings: Surroundings, say: (line: string) => void) {
  const { out, environment } = surroundings;
  const look = {
    width: request.width ?? (out.isTTY ? out.columns : pipeWidth),
    colours: wantsColours(out.isTTY === true, environment),
    all: request.all,
  };
  const since = `since ${request.since.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  if (request.command === 'search') {
    const found = await searchWords(client, request.subject, request.since, request.limit);
    if (request.json) out.write(asJson(found));
    else if (found.total > 0) writeLines(out, foundLines(found, look));
    if (found.total > 0) return exitCodes.found;
    say(`no record has the words '${request.subject}' ${since}`);
    return exitCodes.nothingFound;
  }
  const asked: Asked = request.command === 'order' ? { orderId: request.subject } : { traceId: request.subject };
  const story = await findStory(client, asked, { since: request.since });
  if (request.json) out.write(asJson(story));
  else if (story.verdict !== 'empty') writeLines(out, storyLines(story, look));
  if (story.verdict !== 'empty') return exitCodes.found;
  const missing = story.gaps.map((gap) => `; ${gap.text}`).join('');
  say(`nothing of ${request.command} '${request.subject}' ${since}${missing}`);
  return exitCodes.nothingFound;
}

function asJson(document: unknown): string {
  return `${safeJson(JSON.stringify(document, undefined, 2))}\n`;
}

function writeLines(out: NodeJS.WriteStream, lines: Iterable<string>): void {
  for (const line of lines) out.write(`${line}\n`);
}
