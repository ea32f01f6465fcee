import { createHash, randomBytes } from 'node:crypto';

/** A browser that was let in is asked for a new link after so long. Unit: milliseconds. */
const sessionMs = 12 * 3_600_000;
/** More links than this are never open at once; the oldest is closed. */
const mostLinks = 20;
const mostSessions = 100;
const tokenBytes = 32;

/**
 * Who may read the page: a link that works once becomes a session of one browser. Only hashes are kept, and only in memory: with the
 * server ends every session.
 */
export class Sessions {
  readonly #links = new Set<string>();
  readonly #endMs = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** A token for a link that works once. */
  newLink(): string {
    const token = randomBytes(tokenBytes).toString('base64url');
    this.#links.add(hash(token));
    keepNewest(this.#links, mostLinks);
    return token;
  }

  /** Spends a link's token; the secret of the session that it opens, or undefined when it was spent already or never given. */
  open(token: string): string | undefined {
    if (!this.#links.delete(hash(token))) return undefined;
    const secret = randomBytes(tokenBytes).toString('base64url');
    this.#endMs.set(hash(secret), this.#now() + sessionMs);
    keepNewest(this.#endMs, mostSessions);
    return secret;
  }

  isOpen(secret: string | undefined): boolean {
    if (secret === undefined) return false;
    return (this.#endMs.get(hash(secret)) ?? 0) > this.#now();
  }
}

function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64');
}

function keepNewest(
  kept: { readonly size: number; keys(): Iterator<string>; delete(key: string): boolean },
  most: number,
) {
  while (kept.size > most) kept.delete(String(kept.keys().next().value));
}
