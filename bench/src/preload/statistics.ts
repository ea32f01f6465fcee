/** What several rounds gave: median and range, in the unit of the samples. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Of an even number of samples, the mean of the two in the middle. Throws when there is none. */
export function summarize(samples: readonly number[]): Summary {
  const sorted = [...samples].sort((a, b) => a - b);
  const [min, max] = [sorted.at(0), sorted.at(-1)];
  const low = sorted[Math.ceil(sorted.length / 2) - 1];
  const high = sorted[Math.floor(sorted.length / 2)];
  if (min === undefined || max === undefined || low === undefined || high === undefined) {
    throw new Error('there is no sample to summarize');
  }
  return { median: (low + high) / 2, min, max };
}

/** Differences round by round: both samples of a pair were taken in the same round, so that a slow minute cancels out. */
export function pairedDifferences(samples: readonly number[], baseline: readonly number[]): number[] {
  return samples.flatMap((sample, round) => {
    const base = baseline[round];
    return base === undefined ? [] : [sample - base];
  });
}
