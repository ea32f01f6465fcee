import { type Database, hashPassword, isPassword, Refusal } from '@hallmark/foundation';

export interface User {
  userId: string;
  name: string;
}

const UNIQUE_VIOLATION = '23505';

/** Throws a Refusal with status 409 where the e-mail address has an account. */
export async function createUser(database: Database, email: string, name: string, password: string): Promise<User> {
  try {
    const { rows } = await database.query<User>(
      'INSERT INTO users (email, name, password) VALUES ($1, $2, $3) RETURNING user_id AS "userId", name',
      [email.toLowerCase(), name, await hashPassword(password)],
    );
    return rows[0] as User;
  } catch (error) {
    if ((error as { code?: string }).code === UNIQUE_VIOLATION) {
      throw new Refusal(409, 'there is an account with this e-mail address; log in');
    }
    throw error;
  }
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
