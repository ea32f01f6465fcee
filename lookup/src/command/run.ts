import { type Lookup, openLookup } from '../lookup.js';
import { QueryError } from '../query/query-error.js';
import { describeFailure } from '../store/connect.js';
import { CannotLook, whereToLook } from '../store/environment.js';
import { caretLines } from '../text/caret.js';
import { wantsColours } from '../text/paint.js';
import { CannotRecord } from '../who-looked/collector.js';
import { answer } from './answers.js';
import { type HelpRequest, type Request, readArguments } from './arguments.js';
import { commandHelp, mainHelp } from './help.js';
import { type Output, outputTo } from './output.js';
import { UsageError } from './usage-error.js';

export const exitCodes = { found: 0, nothingFound: 1, couldNotLook: 2, couldNotRecord: 3, usage: 64 } as const;

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
  const { out, talk, environment } = surroundings;
  if (args[0] === 'page') return (await import('../page/command.js')).runPage(args.slice(1), surroundings);
  const ended = new AbortController();
  const end = () => ended.abort();
  // A reader that has seen enough (head, less) closes the pipe: that ends the look-up and is no failure.
  for (const stream of [out, talk]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      end();
    });
  }
  const colours = wantsColours(out.isTTY === true, environment);
  const output = outputTo({ out, talk }, { width: out.isTTY ? out.columns : pipeWidth, colours }, ended.signal);
  let request: Request | HelpRequest;
  try {
    request = readArguments(args, new Date());
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    output.say(error.message);
    return exitCodes.usage;
  }
  if ('help' in request) {
    out.write(request.help === 'main' ? mainHelp : commandHelp[request.help]);
    return exitCodes.found;
  }
  // Ctrl-C ends a tail, which still has to be written down; anything else it ends at once.
  if (request.command === 'tail') for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  try {
    return await lookUp(request, surroundings, {
      ...output,
      ...(request.width !== undefined && { width: request.width }),
    });
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end);
  }
}

async function lookUp(request: Request, { environment, folder }: Surroundings, output: Output): Promise<number> {
  let url = '';
  let lookup: Lookup | undefined;
  try {
    const places = whereToLook(environment, folder);
    url = places.elasticsearch;
    lookup = openLookup(places, { renderer: 'command' });
    const found = await answer(lookup, request, output);
    return found || output.ended.aborted ? exitCodes.found : exitCodes.nothingFound;
  } catch (error) {
    output.say(error instanceof CannotLook ? error.message : describeFailure(error, url));
    if (error instanceof QueryError && 'query' in request) {
      for (const line of caretLines(request.query, error)) output.say(`  ${line}`);
    }
    if (error instanceof QueryError) return exitCodes.usage;
    return error instanceof CannotRecord ? exitCodes.couldNotRecord : exitCodes.couldNotLook;
  } finally {
    await lookup?.close();
  }
}
