import { createHash, randomBytes } from 'node:crypto';
import { type Database, inTransaction } from './database.js';
import { hashPassword, isPassword } from './passwords.js';
import { Refusal } from './refusal.js';

/** A seller, an operator, or the administrator who makes their accounts. */
export interface StaffMember {
  userId: string;
  login: string;
  name: string;
  isAdministrator: boolean;
}

/** What may be changed of an account. */
export interface StaffChange {
  name?: string | undefined;
  password?: string | undefined;
}

export const ADMINISTRATOR = 'administrator';

/** The tables of an API whose staff log in; part of its migration. */
export const STAFF_MIGRATION = `
  CREATE TABLE IF NOT EXISTS staff (
    user_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    login text NOT NULL UNIQUE,
    name text NOT NULL,
    password text NOT NULL,
    administrator boolean NOT NULL DEFAULT false
  );
  CREATE TABLE IF NOT EXISTS staff_sessions (
    token_hash bytea PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
  );
`;

const SESSION_HOURS = 12;
const TOKEN_BYTES = 32;
const UNIQUE_VIOLATION = '23505';
const COLUMNS = 'user_id AS "userId", login, name, administrator AS "isAdministrator"';

/** Makes the administrator's account, or gives the one that exists this password. */
export async function ensureAdministrator(database: Database, password: string): Promise<void> {
  await database.query(
    `INSERT INTO staff (login, name, password, administrator) VALUES ($1, 'Administrator', $2, true)
     ON CONFLICT (login) DO UPDATE SET password = excluded.password`,
    [ADMINISTRATOR, await hashPassword(password)],
  );
}

/** Throws a Refusal with status 409 where the log-in name is taken. */
export async function createStaff(
  database: Database,
  login: string,
  name: string,
  password: string,
): Promise<StaffMember> {
  try {
    const { rows } = await database.query<StaffMember>(
      `INSERT INTO staff (login, name, password) VALUES ($1, $2, $3) RETURNING ${COLUMNS}`,
      [login, name, await hashPassword(password)],
    );
    return rows[0] as StaffMember;
  } catch (error) {
    if ((error as { code?: string }).code === UNIQUE_VIOLATION)
      throw new Refusal(409, 'there is an account with this log-in name');
    throw error;
  }
}

/** Changes an account and returns the names of the fields that changed; never their values, which are personal. */
export async function updateStaff(database: Database, userId: string, change: StaffChange): Promise<string[]> {
  const { name, password } = change;
  const hash = password === undefined ? undefined : await hashPassword(password);
  return inTransaction(database, async (transaction) => {
    const { rows } = await transaction.query<{ name: string }>('SELECT name FROM staff WHERE user_id = $1 FOR UPDATE', [
      userId,
    ]);
    if (!rows[0]) throw new Refusal(404, 'there is no such account');
    const fields: string[] = [];
    if (name !== undefined && name !== rows[0].name) {
      await transaction.query('UPDATE staff SET name = $2 WHERE user_id = $1', [userId, name]);
      fields.push('name');
    }
    if (hash !== undefined) {
      await transaction.query('UPDATE staff SET password = $2 WHERE user_id = $1', [userId, hash]);
      fields.push('password');
    }
    return fields;
  });
}

export async function listStaff(database: Database): Promise<StaffMember[]> {
  const { rows } = await database.query<StaffMember>(`SELECT ${COLUMNS} FROM staff ORDER BY login`);
  return rows;
}

export interface StaffLogIn {
  /** The account's id, also where the password was wrong; undefined where there is no such account. */
  userId: string | undefined;
  /** Only where the password is right. */
  session: { token: string; user: StaffMember } | undefined;
}

/** Opens a session of twelve hours where the password is right. */
export async function logInStaff(database: Database, login: string, password: string): Promise<StaffLogIn> {
  const { rows } = await database.query<StaffMember & { password: string }>(
    `SELECT ${COLUMNS}, password FROM staff WHERE login = $1`,
    [login],
  );
  const [found] = rows;
  const accepted = await isPassword(password, found?.password);
  if (!found || !accepted) return { userId: found?.userId, session: undefined };
  const { password: _hash, ...user } = found;
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  await database.query('DELETE FROM staff_sessions WHERE expires_at < now()');
  await database.query(
    `INSERT INTO staff_sessions (token_hash, user_id, expires_at) VALUES ($1, $2, now() + $3 * interval '1 hour')`,
    [hashOf(token), user.userId, SESSION_HOURS],
  );
  return { userId: user.userId, session: { token, user } };
}

/** Whose session that is, or undefined where it is none any more. */
export async function findStaff(database: Database, token: string): Promise<StaffMember | undefined> {
  const { rows } = await database.query<StaffMember>(
    `SELECT ${COLUMNS} FROM staff_sessions JOIN staff USING (user_id) WHERE token_hash = $1 AND expires_at > now()`,
    [hashOf(token)],
  );
  return rows[0];
}

export async function logOutStaff(database: Database, token: string): Promise<void> {
  await database.query('DELETE FROM staff_sessions WHERE token_hash = $1', [hashOf(token)]);
}

// The database has a token's hash only: a copy of it opens no session.
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
