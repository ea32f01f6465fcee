import { setTimeout as sleep } from 'node:timers/promises';
import { connect, describeFailure } from '@hallmark/lookup';
import { StackError } from '@hallmark/stack';
import type { Row } from './catalogue.js';
import { findRow, findRows } from './find.js';
import type { Finding } from './judge.js';
import { liveAMinute } from './minute.js';
import { checkTypes, type TypeCheck } from './types.js';
import { withCompany } from './with-company.js';

const POLL_MS = 1_000;
/** Records reach the store seconds after they are written. */
const PATIENCE_MS = 45_000;

/** What was found, row by row, and which values have another type than declared. */
export interface Answer {
  findings: Finding[];
  types: TypeCheck;
}

export interface RunOptions {
  rows: readonly Row[];
  say: (line: string) => void;
  ending: AbortSignal;
  /** Called with what was found while everything still runs; what was started ends when it resolves. */
  show(answer: Answer): Promise<void>;
}

/** Starts the real parts and the company, lets them live a minute, and looks for every row. Ends all that it started. */
export async function runCatalogue({ rows, say, ending, show }: RunOptions): Promise<void> {
  const since = new Date();
  await withCompany(say, ending, async (stack, company) => {
    await liveAMinute(company, stack, say);
    say('the services are stopped');
    await company.stop();
    ending.throwIfAborted();
    say('looking for every row of the catalogue');
    await show(await lookPatiently(stack.env.LOOKUP_ELASTICSEARCH_URL ?? '', rows, since));
  });
}

/** Looks once at what is in the store now. */
export async function lookOnce(url: string, rows: readonly Row[], since: Date): Promise<Answer> {
  const client = connect(url);
  try {
    return { findings: await findRows(client, rows, since), types: await checkTypes(client, since) };
  } finally {
    await client.close();
  }
}

/** Looks again for what is not found yet, for a while. */
async function lookPatiently(url: string, rows: readonly Row[], since: Date): Promise<Answer> {
  const endMs = Date.now() + PATIENCE_MS;
  const client = connect(url);
  const findings = new Map<Row, Finding>();
  const isOpen = (row: Row) => !row.mayWait && findings.get(row)?.found !== true;
  try {
    for (;;) {
      try {
        for (const row of rows)
          if (!findings.has(row) || isOpen(row)) findings.set(row, await findRow(client, row, since));
      } catch (error) {
        // A stream that is made at this moment can't be searched yet: only a store that stays so is a failure.
        if (Date.now() > endMs) throw new StackError(describeFailure(error, url));
      }
      const isOver = Date.now() > endMs || !rows.some(isOpen);
      if (isOver && findings.size === rows.length) {
        return { findings: [...findings.values()], types: await checkTypes(client, since) };
      }
      await sleep(POLL_MS);
    }
  } finally {
    await client.close();
  }
}
