import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { parsePolicy } from './load.js';
import type { PhoneLibrary } from './recognisers/phone.js';
import type { Policy } from './schema.js';

/** The policy of this checkout. */
export const defaultPolicyFile = resolve(import.meta.dirname, '../policy.yaml');

/** @throws PolicyError, or the file system's error when the file can't be read */
export function readPolicy(file = defaultPolicyFile): Policy {
  return parsePolicy(readFileSync(file, 'utf8'), file);
}

/** The phone library with its full metadata. Loaded on the first call, not with this module. */
export function loadPhones(): PhoneLibrary {
  return createRequire(import.meta.url)('libphonenumber-js/max') as PhoneLibrary;
}
