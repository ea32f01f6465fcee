import { type Account, readAccounts } from '@hallmark/elasticsearch';
import { StackError } from '../failure.js';
import { randomPassword } from '../password.js';

/** An account with the password of this run. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
  /** Names of roles. */
  readonly roles: readonly string[];
}

export interface Accounts {
  /** May read and administer everything. */
  readonly administrator: Credentials;
  /** Support_Logs: may read the records. */
  readonly support: Credentials;
  /** The collector's: may only create records. */
  readonly collector: Credentials;
  /** The retention keeper's: may roll over and delete indices of records, and read none. */
  readonly keeper: Credentials;
  /** Every account, also those that no part of the stack uses. */
  readonly all: readonly Credentials[];
}

/** The product's accounts, each with a new random password. */
export async function accountsOfRun(): Promise<Accounts> {
  // The product needs no such account; whoever tries something out on this stack does.
  const administrator = { user: 'admin', password: randomPassword(), roles: ['superuser'] };
  const ours = (await readAccounts()).map(credentials);
  const withRole = (role: string) => {
    const account = ours.find(({ roles }) => roles.includes(role));
    if (account === undefined) throw new StackError(`elasticsearch/accounts.json: no account has the role ${role}`);
    return account;
  };
  return {
    administrator,
    support: withRole('Support_Logs'),
    collector: withRole('collector'),
    keeper: withRole('keeper'),
    all: [administrator, ...ours],
  };
}

function credentials({ username, roles }: Account): Credentials {
  return { user: username, password: randomPassword(), roles };
}
