import { readPolicy } from '@hallmark/privacy';
import { keyedRecords } from './fourth/keyed.js';
import { fourthLookAlikes } from './fourth/look-alikes.js';
import { fourthPlaces } from './fourth/places.js';
import { fourthValues } from './fourth/values.js';
import { lookAlikes } from './look-alikes.js';
import { type PlantedRecord, places, plantedRecords } from './places.js';
import { randomFrom } from './random.js';
import { secondLookAlikes } from './second/look-alikes.js';
import { secondPlaces } from './second/places.js';
import { secondValues } from './second/values.js';
import { thirdLookAlikes } from './third/look-alikes.js';
import { thirdPlaces } from './third/places.js';
import { thirdValues } from './third/values.js';
import { type PlantedValue, plantedValues } from './values.js';

/** A record with a personal value in it, or with a look-alike when there is no value. */
export interface Case {
  readonly planted: PlantedRecord;
  readonly value?: PlantedValue;
}

type Places = Readonly<Record<string, (value: PlantedValue) => Omit<PlantedRecord, 'place'> | undefined>>;

/** New values and look-alikes with every seed. */
export function generatedCases(seeds: readonly number[]): Case[] {
  return seeds.flatMap((seed) => {
    const random = randomFrom(seed);
    return [...plantedRecords(plantedValues(random), places), ...harmless(lookAlikes(random), places)];
  });
}

/** The set that was written by hand from the public formats of each kind: every value in every place of both sets. */
export function secondCases(): Case[] {
  const everywhere = { ...places, ...secondPlaces };
  return [...plantedRecords(secondValues(), everywhere), ...harmless(secondLookAlikes, everywhere)];
}

/** A generator apart from the first, with forms and lines from public documentation: every value in every place of all sets. */
export function thirdCases(seeds: readonly number[]): Case[] {
  const everywhere = { ...places, ...secondPlaces, ...thirdPlaces };
  return seeds.flatMap((seed) => {
    const random = randomFrom(seed);
    return [...plantedRecords(thirdValues(random), everywhere), ...harmless(thirdLookAlikes(random), everywhere)];
  });
}

/** How many keys of each kind are written in each way. */
const keysOfKind = 3;

/** Written by one who knows the policy and wants to get past the rules: every value in every place, and every way to name a value. */
export function fourthCases(seeds: readonly number[]): Case[] {
  const everywhere = { ...places, ...secondPlaces, ...thirdPlaces, ...fourthPlaces };
  const kinds = Object.entries(readPolicy().kinds).flatMap(([kind, { keys }]) => (keys ? [[kind, keys] as const] : []));
  return seeds.flatMap((seed) => {
    const random = randomFrom(seed);
    return [
      ...plantedRecords(fourthValues(random), everywhere),
      ...keyedRecords(random, Object.fromEntries(kinds), keysOfKind),
      ...harmless(fourthLookAlikes(random), everywhere),
    ];
  });
}

function harmless(texts: readonly string[], where: Places): Case[] {
  return texts.flatMap((text) =>
    Object.entries(where).flatMap(([place, make]) => {
      // Literals of SQL become ? whatever they are.
      const made = place.startsWith('SQL') ? undefined : make({ kind: '', text, secret: text });
      return made ? [{ planted: { place, ...made } }] : [];
    }),
  );
}
