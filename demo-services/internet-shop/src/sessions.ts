import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '@hallmark/foundation';
import type { User } from './users.js';

const SESSION_DAYS = 7;
const TOKEN_BYTES = 32;

export const SESSION_COOKIE = 'session';
export const SESSION_MS = SESSION_DAYS * 24 * 60 * 60 * 1000;

export interface Session {
  /** What the browser's cookie holds. The database has its hash only: a copy of it opens no session. */
  token: string;
  /** Every form has to send it back: a page of another site can't know it. */
  csrf: string;
  user: User | undefined;
}

export async function openSession(database: Database, user?: User): Promise<Session> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const csrf = randomBytes(TOKEN_BYTES).toString('base64url');
  await database.query('INSERT INTO sessions (token_hash, user_id, csrf, expires_at) VALUES ($1, $2, $3, $4)', [
    hashOf(token),
    user?.userId ?? null,
    csrf,
    new Date(Date.now() + SESSION_MS),
  ]);
  return { token, csrf, user };
}

/** The session with this token, or undefined where there is none any more. */
export async function findSession(database: Database, token: string): Promise<Session | undefined> {
  const { rows } = await database.query<{ csrf: string; userId: string | null; name: string }>(
    `SELECT csrf, sessions.user_id AS "userId", name FROM sessions LEFT JOIN users USING (user_id)
     WHERE token_hash = $1 AND expires_at > now()`,
    [hashOf(token)],
  );
  const [row] = rows;
  if (!row) return undefined;
  return { token, csrf: row.csrf, user: row.userId ? { userId: row.userId, name: row.name } : undefined };
}

export async function closeSession(database: Database, token: string): Promise<void> {
  await database.query('DELETE FROM sessions WHERE token_hash = $1', [hashOf(token)]);
}

export async function deleteExpiredSessions(database: Database): Promise<void> {
  await database.query('DELETE FROM sessions WHERE expires_at < now()');
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
