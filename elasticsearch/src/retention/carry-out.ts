import { ElasticsearchError, request } from '../client.js';
import { archive } from './archive.js';
import { observe } from './observe.js';
import { planRetention, type Step } from './plan.js';
import type { Profile } from './schema.js';

export interface Round {
  readonly url: string;
  readonly profile: Profile;
  readonly now: Date;
  /** Says what would be done and does nothing. */
  readonly isDryRun: boolean;
  readonly say: (line: string) => void;
}

/** One round of the keeper: looks at what is there, and does what the profile asks for. @returns what was, or would be, done */
export async function carryOut({ url, profile, now, isDryRun, say }: Round): Promise<Step[]> {
  const steps = planRetention(profile, await observe(url), now);
  const notArchived = new Set<string>();
  for (const { action, index, why } of steps) {
    const line = `${action} ${index.name}: ${why}`;
    if (isDryRun || action === 'leave alone') say(isDryRun && action !== 'leave alone' ? `would ${line}` : line);
    if (isDryRun || action === 'leave alone') continue;
    if (action === 'delete' && notArchived.has(index.name)) {
      say(`keep ${index.name}: it could not be archived`);
      continue;
    }
    try {
      await does[action](url, index);
      say(line);
    } catch (error) {
      if (!(error instanceof ElasticsearchError)) throw error;
      // The others have their turn; this one has it again in the next round.
      if (action === 'archive') notArchived.add(index.name);
      say(`could not ${line}: ${error.message}`);
    }
  }
  return steps;
}

const does: Readonly<
  Record<Exclude<Step['action'], 'leave alone'>, (url: string, index: Step['index']) => Promise<unknown>>
> = {
  'roll over': (url, { stream }) => request(url, 'POST', `/${stream}/_rollover`),
  'make cold': async (url, { name }) => {
    await request(url, 'POST', `/${name}/_forcemerge?max_num_segments=1`);
    await request(url, 'PUT', `/${name}/_block/write`);
  },
  archive: (url, { name }) => archive(url, name),
  delete: (url, { name }) => request(url, 'DELETE', `/${name}`),
};
