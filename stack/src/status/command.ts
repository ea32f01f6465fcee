import { readFile } from 'node:fs/promises';
import { StackError } from '../failure.js';
import { trustAuthority } from '../tls/trust.js';
import { type CollectorState, findings, statusText } from './verdict.js';

/** The relay asks the collector first, for at most 3 s. */
const answerTimeoutMs = 10_000;

/**
 * Prints how the collector is: that of the running stack, or the one whose relay COLLECTOR_STATUS_URL names.
 * @param envFile what `npm run stack` writes while it runs
 * @returns the exit code: 0 when all is well, else 1
 */
export async function printStatus(envFile: string, env: NodeJS.ProcessEnv): Promise<number> {
  const file = await readFile(envFile, 'utf8').catch(() => '');
  const url = env.COLLECTOR_STATUS_URL || /^COLLECTOR_STATUS_URL=(.*)$/m.exec(file)?.[1];
  const authority = /^NODE_EXTRA_CA_CERTS=(.*)$/m.exec(file)?.[1];
  if (authority !== undefined) trustAuthority(authority);
  if (url === undefined) throw new StackError('no stack runs from this checkout: start one with npm run stack');
  const state = await stateAt(url);
  process.stdout.write(statusText(state, new Date()));
  return findings(state, new Date()).length === 0 ? 0 : 1;
}

async function stateAt(url: string): Promise<CollectorState | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(answerTimeoutMs) });
    return ((await response.json()) as { collector?: CollectorState }).collector;
  } catch {
    throw new StackError(`nothing answers at ${url}: the collector and its relay are down`);
  }
}
