/** What is measured, with its unit: one number of one variant in one round. */
export const metrics = [
  'firstLineMs',
  'firstLinePeakMib',
  'lifeMs',
  'listenMs',
  'listenPeakMib',
  'httpCpuUs',
  'httpResidentMib',
  'httpRecordsShare',
  'httpSpansShare',
  'partsCpuUs',
  'partsResidentMib',
  'partsRecordsShare',
  'partsSpansShare',
  'sigtermRecordsShare',
  'exitMs',
  'sigtermMs',
] as const;
export type Metric = (typeof metrics)[number];
export type Figures = Partial<Readonly<Record<Metric, number>>>;

/** Samples by variant and metric, in the order of the rounds; and the variants that get no figures, with the reason. */
export class Samples {
  readonly refused = new Map<string, string>();
  readonly #rounds = new Map<string, Map<Metric, number[]>>();

  add(variantId: string, figures: Figures): void {
    const ofVariant = this.#rounds.get(variantId) ?? new Map<Metric, number[]>();
    this.#rounds.set(variantId, ofVariant);
    for (const metric of metrics) {
      const sample = figures[metric];
      if (sample !== undefined) ofVariant.set(metric, [...(ofVariant.get(metric) ?? []), sample]);
    }
  }

  /** Takes every figure of the variant away, for good: a cheap variant that delivers nothing must not look good. */
  refuse(variantId: string, reason: string): void {
    if (!this.refused.has(variantId)) this.refused.set(variantId, reason);
  }

  /** Empty for what wasn't measured, and for a variant that was refused. */
  of(variantId: string, metric: Metric): readonly number[] {
    if (this.refused.has(variantId)) return [];
    return this.#rounds.get(variantId)?.get(metric) ?? [];
  }
}
