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
}

/** The product's accounts, each with a new random password. */
export async function accountsOfRun(): Promise<Accounts> {
  const accounts = await readAccounts();
  const withRole = (role: string) => credentials(accounts, role);
  return {
    // The product needs no such account; whoever tries something out on this stack does.
    administrator: { user: 'admin', password: randomPassword(), roles: ['superuser'] },
    support: withRole('Support_Logs'),
    collector: withRole('collector'),
  };
}

function credentials(accounts: readonly Account[], role: string): Credentials {
  const account = accounts.find(({ roles }) => roles.includes(role));
  if (account === undefined) throw new StackError(`elasticsearch/accounts.json: no account has the role ${role}`);
  return { user: account.username, password: randomPassword(), roles: account.roles };
}
