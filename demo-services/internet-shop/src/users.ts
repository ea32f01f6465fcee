import { type Database, hashPassword, isPassword, Refusal } from '@hallmark/foundation';

export interface User {
  userId: string;
  name: string;
}

/**
 * Throws a Refusal with status 409 where the e-mail address has an account. It is asked for, not run into: PostgreSQL writes the values of
 * a broken constraint into its JSON log, however terse it is told to be.
 */
export async function createUser(database: Database, email: string, name: string, password: string): Promise<User> {
  const { rows } = await database.query<User>(
    'INSERT INTO users (email, name, password) VALUES ($1, $2, $3) ON CONFLICT (email) DO NOTHING RETURNING user_id AS "userId", name',
    [email.toLowerCase(), name, await hashPassword(password)],
  );
  const [created] = rows;
  if (!created) throw new Refusal(409, 'there is an account with this e-mail address; log in');
  return created;
}

export interface LogIn {
  /** The account's id, also where the password was wrong; undefined where there is no such account. */
  userId: string | undefined;
  /** Only where the password is right. */
  user: User | undefined;
}

export async function checkLogIn(database: Database, email: string, password: string): Promise<LogIn> {
  const { rows } = await database.query<User & { password: string }>(
    'SELECT user_id AS "userId", name, password FROM users WHERE email = $1',
    [email.toLowerCase()],
  );
  const [found] = rows;
  const accepted = await isPassword(password, found?.password);
  const user = found && accepted ? { userId: found.userId, name: found.name } : undefined;
  return { userId: found?.userId, user };
}
