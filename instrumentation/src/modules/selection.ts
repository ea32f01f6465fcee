import type { Environment } from '../settings/environment.js';
import { type Library, libraries, offByDefault } from './libraries.js';

const ENABLED = 'OTEL_NODE_ENABLED_INSTRUMENTATIONS';
const DISABLED = 'OTEL_NODE_DISABLED_INSTRUMENTATIONS';

/** The libraries that the same two variables select as upstream's: those enabled, or else all usual ones, less those disabled. */
export function selectLibraries(env: Environment): readonly Library[] {
  const enabled = readNames(env, ENABLED);
  const disabled = new Set(readNames(env, DISABLED));
  return libraries.filter(({ name }) => {
    if (disabled.has(name)) return false;
    return enabled.length > 0 ? enabled.includes(name) : !offByDefault.has(name);
  });
}

function readNames(env: Environment, variable: string): string[] {
  const known = new Set(libraries.map(({ name }) => name));
  return env.list(variable).filter((name) => {
    if (!known.has(name)) env.ignore(variable, 'names a library that is not known');
    return known.has(name);
  });
}
