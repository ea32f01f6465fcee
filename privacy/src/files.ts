import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { parsePolicy } from './load.js';
import type { PhoneLibrary } from './recognisers/phone.js';
import type { Policy } from './schema.js';

/** The policy of this checkout. */
export const defaultPolicyFile = resolve(import.meta.dirname, '../policy.yaml');

/** @throws PolicyError, or one that says why the file can't be read */
export function readPolicy(file = defaultPolicyFile): Policy {
  return parsePolicy(readText(file), file);
}

const reasons: Readonly<Record<string, string>> = {
  EISDIR: 'is a folder; name a file in it',
  ENOENT: 'there is no such file',
  EACCES: 'may not be read by this user',
};

/** A file's text without the mark of its byte order. @throws when it can't be read: with its name and why */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new Error(`${file}: ${reasons[code] ?? message}`);
  }
}

/** The phone library with its full metadata. Loaded on the first call, not with this module. */
export function loadPhones(): PhoneLibrary {
  return createRequire(import.meta.url)('libphonenumber-js/max') as PhoneLibrary;
}
