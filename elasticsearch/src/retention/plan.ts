import type { BackingIndex } from './observe.js';
import { ageMs, type Profile, sizeBytes } from './schema.js';

/** One thing that has to be done now, and why. */
export interface Step {
  readonly action: 'roll over' | 'make cold' | 'archive' | 'delete' | 'leave alone';
  readonly index: BackingIndex;
  readonly why: string;
}

/**
 * What the profile asks for now. The index that is written to is rolled over and never deleted; an index without our mark is left
 * alone, whatever its name. Ages count from the rollover, so that every record is kept at least as long as the profile says.
 */
export function planRetention(profile: Profile, indices: readonly BackingIndex[], now: Date): Step[] {
  return indices.flatMap((index) => {
    const step = stepFor(profile, index, now);
    if (step === undefined) return [];
    return index.isOurs
      ? step
      : [{ action: 'leave alone' as const, index, why: 'it is not marked as made by Hallmark' }];
  });
}

function stepFor(profile: Profile, index: BackingIndex, now: Date): Step[] | undefined {
  if (index.rolledOverAt === undefined) {
    const why = reasonToRollOver(profile, index, now);
    return why === undefined ? undefined : [{ action: 'roll over', index, why }];
  }
  const age = now.getTime() - index.rolledOverAt.getTime();
  if (age >= ageMs(profile.keep)) {
    const why = `rolled over ${days(age)} days ago, kept for ${profile.keep}`;
    const deletion: Step = { action: 'delete', index, why };
    return profile.archive
      ? [{ action: 'archive', index, why: 'the profile keeps a snapshot of it' }, deletion]
      : [deletion];
  }
  if (profile.cold_after !== undefined && age >= ageMs(profile.cold_after) && !index.isReadOnly) {
    return [{ action: 'make cold', index, why: `rolled over ${days(age)} days ago, cold after ${profile.cold_after}` }];
  }
  return undefined;
}

/** An empty index is not rolled over: a stream that nobody writes to would make one more each day. */
function reasonToRollOver({ rollover }: Profile, index: BackingIndex, now: Date): string | undefined {
  if (index.documents === 0) return undefined;
  const age = now.getTime() - index.createdAt.getTime();
  if (rollover.max_age !== undefined && age >= ageMs(rollover.max_age)) {
    return `${days(age)} days old, max_age ${rollover.max_age}`;
  }
  for (const limit of ['max_primary_shard_size', 'max_size'] as const) {
    const most = rollover[limit];
    if (most !== undefined && index.bytes >= sizeBytes(most)) return `${index.bytes} bytes, ${limit} ${most}`;
  }
  return undefined;
}

function days(ms: number): string {
  return (ms / 86_400_000).toFixed(1);
}
