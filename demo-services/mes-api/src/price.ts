import type { OrderParameters } from '@hallmark/foundation';
import type { Measured } from './mesh.js';
import { ModelError } from './model-error.js';

interface Metal {
  densityGramsPerCm3: number;
  eurPerGram: number;
}

const METALS: Record<OrderParameters['metal'], Metal> = {
  silver_925: { densityGramsPerCm3: 10.36, eurPerGram: 1.4 },
  gold_585: { densityGramsPerCm3: 13.1, eurPerGram: 62 },
  gold_750: { densityGramsPerCm3: 15.5, eurPerGram: 80 },
  platinum_950: { densityGramsPerCm3: 20.7, eurPerGram: 41 },
};

/** What the setting of stones costs for each 1,000 polygons begun: a finer model is more work at the bench. */
const SETTING_EUR_PER_1000_POLYGONS: Record<OrderParameters['setting'], number> = { none: 0, bezel: 1.5, pave: 4 };

const MM3_PER_CM3 = 1000;

/** What can be cast and worn: from a thin earring to a heavy bangle. A file drawn in metres or inches falls outside. */
const LEAST_VOLUME_MM3 = 10;
const LARGEST_VOLUME_MM3 = 100_000;

/**
 * The price in euro, to the cent: the metal by its weight, and the setting of the stones by the model's polygons.
 * Throws a ModelError where the volume is none that can be cast.
 */
export function priceEur({ metal, setting }: OrderParameters, { polygons, volumeMm3 }: Measured): number {
  if (volumeMm3 < LEAST_VOLUME_MM3 || volumeMm3 > LARGEST_VOLUME_MM3) {
    throw new ModelError(
      `the model has ${volumeMm3.toPrecision(3)} mm³; we cast from ${LEAST_VOLUME_MM3} to ${LARGEST_VOLUME_MM3} mm³: is it drawn in millimetres?`,
    );
  }
  const { densityGramsPerCm3, eurPerGram } = METALS[metal];
  const grams = (volumeMm3 / MM3_PER_CM3) * densityGramsPerCm3;
  const metalCents = Math.round(grams * eurPerGram * 100);
  const settingCents = Math.round(Math.ceil(polygons / 1000) * SETTING_EUR_PER_1000_POLYGONS[setting] * 100);
  return (metalCents + settingCents) / 100;
}
