import { parseArgs } from 'node:util';
import type { Surroundings } from '../command/run.js';
import { storyNdjson } from '../export/ndjson.js';
import { storyOtlp } from '../export/otlp.js';
import { openLookup } from '../lookup.js';
import { QueryError } from '../query/query-error.js';
import { describeFailure } from '../store/connect.js';
import { CannotLook, type Places, whereToLook } from '../store/environment.js';
import { readAsked } from '../story/asked.js';
import { CannotRecord } from '../who-looked/collector.js';
import type { PageCore } from './api.js';
import { type PageServer, servePage } from './server.js';

export const pageHelp = `The look-up as a page in the browser, served on this machine only until Ctrl-C.

  npm run lookup -- page
  npm run lookup -- page --port 4173

Prints LOOKUP_URL=http://127.0.0.1:<port>/enter?token=…: a link that works once and opens the page in the browser that follows it.
When it has been used, the next one is printed. A session lasts twelve hours, or until the page ends.

Options
  --port <n>   a port of your own, 1024 to 65535; a free one unless told
  --help       this

Where it looks
  as the other commands do: LOOKUP_ELASTICSEARCH_URL and LOOKUP_JOURNAL_URL, else the stack that runs in this checkout (.hallmark/stack.env)
  KIBANA_URL   where Kibana is, e.g. http://127.0.0.1:5601: stories then have a link that opens the same there

Exit codes
  0   ended
  2   could not be started: nowhere to look, or the port is taken
  64  a command line that can't be understood
`;

const codes = { ended: 0, couldNotStart: 2, usage: 64 } as const;

/** Serves the page until a signal ends it; resolves to the exit code. Links go to `out`, everything else to `talk`. */
export async function runPage(
  args: readonly string[],
  { environment, folder, out, talk }: Surroundings,
): Promise<number> {
  const say = (line: string) => talk.write(`lookup: ${line}\n`);
  let port: number | undefined;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { port: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) {
      out.write(pageHelp);
      return codes.ended;
    }
    port = portIn(values.port);
  } catch (error) {
    say(`${(error as Error).message.split('\n', 1)[0]}; 'page --help' has the options`);
    return codes.usage;
  }
  let page: PageServer;
  let close = async () => {};
  try {
    const places = whereToLook(environment, folder);
    const lookup = openLookup(places, { renderer: 'page', address: '127.0.0.1' });
    close = () => lookup.close();
    page = await servePage({
      core: { ...lookup, ...around(places) },
      ...(environment.KIBANA_URL && { kibanaUrl: environment.KIBANA_URL }),
      ...(port !== undefined && { port }),
      onLink: (link) => out.write(`LOOKUP_URL=${link}\n`),
    });
  } catch (error) {
    await close();
    say(whyNot(error, port));
    return codes.couldNotStart;
  }
  say('the page is open to whoever follows the link, which works once; Ctrl-C ends it');
  await ending();
  await page.close();
  await close();
  return codes.ended;
}

function portIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 1_024 && port <= 65_535) return port;
  throw new Error(`--port '${text}' is no number from 1024 to 65535`);
}

/** What the page needs beside the look-up itself. */
function around(places: Places): Pick<PageCore, 'readAsked' | 'ndjson' | 'otlp' | 'describe'> {
  return {
    readAsked,
    ndjson: storyNdjson,
    otlp: storyOtlp,
    describe: (error) => describe(error, places.elasticsearch),
  };
}

function describe(error: unknown, url: string): ReturnType<PageCore['describe']> {
  if (error instanceof QueryError) return { status: 400, error: error.message, column: error.column };
  const status = error instanceof CannotRecord ? 503 : 502;
  try {
    return { status, error: describeFailure(error, url) };
  } catch {
    // A fault of this program: its stack is for the terminal, not for the page.
    process.stderr.write(`lookup: ${error instanceof Error ? error.stack : String(error)}\n`);
    return { status: 500, error: 'The look-up failed; the terminal in which the page was started says how.' };
  }
}

function whyNot(error: unknown, port: number | undefined): string {
  if (error instanceof CannotLook) return error.message;
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return `port ${port} is taken; give another one with --port, or none for a free one`;
  }
  throw error;
}

function ending(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => resolve());
  });
}
