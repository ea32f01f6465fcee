import { pbkdf2Sync, randomBytes } from 'node:crypto';
import type { Credentials } from './accounts.js';

/** The file `users` of the file realm: one `name:hash` a line. */
export function usersFile(accounts: readonly Credentials[]): string {
  return accounts.map(({ user, password }) => `${user}:${passwordHash(password)}\n`).join('');
}

/** The file `users_roles`: one `role:user,user` a line. */
export function usersRolesFile(accounts: readonly Credentials[]): string {
  const roles = new Set(accounts.flatMap((account) => account.roles));
  const usersOf = (role: string) => accounts.filter((account) => account.roles.includes(role)).map(({ user }) => user);
  return [...roles].map((role) => `${role}:${usersOf(role).join(',')}\n`).join('');
}

/**
 * A hash in the form that Elasticsearch's hasher `pbkdf2_1000` writes and the file realm reads:
 * `{PBKDF2}<iterations>$<salt>$<hash>`, HMAC-SHA512, 32 bytes each in base64. Written here because `elasticsearch-users` starts a
 * Java for every user. The smallest cost is right for a random password of 144 bits: there is nothing to guess, and every
 * request has to be checked against it.
 */
function passwordHash(password: string): string {
  const iterations = 1_000;
  const salt = randomBytes(32);
  const hash = pbkdf2Sync(password, salt, iterations, 32, 'sha512');
  return `{PBKDF2}${iterations}$${salt.toString('base64')}$${hash.toString('base64')}`;
}
