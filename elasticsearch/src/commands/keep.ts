import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ElasticsearchError } from '../client.js';
import { carryOut } from '../retention/carry-out.js';
import { readProfile, retentionFile } from '../retention/load.js';
import { ageMs } from '../retention/schema.js';
import { elasticsearchUrl, UsageError } from './usage-error.js';

const defaultEvery = '10m';
/** A timer of more than 2^31 ms would fire at once. */
const longestEvery = '24d';

/**
 * Carries out retention.yaml by the plain API, for a server without index lifecycle management, until SIGTERM or SIGINT. The file is
 * read anew in each round; while it is wrong, or the server away, nothing is deleted.
 * @returns the exit code
 */
export async function runKeep(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      once: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      every: { type: 'string', default: defaultEvery },
      file: { type: 'string', default: retentionFile },
    },
  });
  if (!/^[1-9]\d*[smhd]$/.test(values.every))
    throw new UsageError(`--every ${values.every}: expected a time like ${defaultEvery}`);
  if (ageMs(values.every) > ageMs(longestEvery))
    throw new UsageError(`--every ${values.every}: at most ${longestEvery}`);
  const round = async () => {
    const profile = await readProfile(values.file);
    const options = { url: elasticsearchUrl(process.env), profile, now: new Date(), isDryRun: values['dry-run'] };
    const steps = await carryOut({ ...options, say: (line) => void process.stdout.write(`${line}\n`) });
    if (steps.length === 0 && (values.once || values['dry-run'])) console.error('nothing is due');
  };
  if (values.once || values['dry-run']) {
    await round();
    return 0;
  }
  const ending = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => ending.abort());
  while (!ending.signal.aborted) {
    await round().catch((error: unknown) => {
      if (!(error instanceof Error)) throw error;
      console.error(
        error instanceof ElasticsearchError ? error.message : `nothing is done until this is mended: ${error.message}`,
      );
    });
    await pause(ageMs(values.every), undefined, { signal: ending.signal }).catch(() => undefined);
  }
  return 0;
}
