import type { Bag } from '../context/bag.js';
import type { Settings } from '../settings/settings.js';

/**
 * Fills the bag from the places that HALLMARK_CONTEXT_FROM names: route parameters from anybody, since the service itself
 * says what they mean; headers of requests and messages only from those whose baggage is taken in.
 */
export function observeSources(
  bag: Bag,
  values: Readonly<Record<string, unknown>> | undefined,
  { contextSources }: Settings,
): void {
  if (!values) return;
  for (const [key, names] of contextSources) {
    for (const name of names) {
      const value = values[name] ?? values[name.toLowerCase()];
      if (value !== undefined) bag.observe(key, Array.isArray(value) ? value[0] : value);
    }
  }
}
