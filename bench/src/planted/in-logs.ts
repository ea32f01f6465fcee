import { anyValue, attributes, type PlantedRecord } from './places.js';
import type { PlantedValue } from './values.js';

export type Place = (value: PlantedValue) => Omit<PlantedRecord, 'place'> | undefined;

/** In the body of a log record. */
export const inBody =
  (of: (text: string) => unknown): Place =>
  ({ text }) => ({ signal: 'logs', record: { body: anyValue(of(text)) } });

/** In the attributes of a log record. */
export const inAttributes =
  (of: (text: string) => Record<string, unknown>): Place =>
  ({ text }) => ({ signal: 'logs', record: { body: anyValue('done'), attributes: attributes(of(text)) } });
