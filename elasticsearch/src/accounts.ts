import { request } from './client.js';
import { readFolder, readJson } from './data-files.js';

/** What a role may do, in the shape of Elasticsearch's role API. */
export interface Role {
  readonly cluster: readonly string[];
  readonly indices: readonly { readonly names: readonly string[]; readonly privileges: readonly string[] }[];
}

/** An account of the product; its password comes from the environment variable that is named here. */
export interface Account {
  readonly username: string;
  readonly roles: readonly string[];
  readonly passwordVariable: string;
}

/** Kibana's own account: Elasticsearch brings it with its role, but without a password. */
const kibanaAccount = { username: 'kibana_system', passwordVariable: 'KIBANA_PASSWORD' };

/** The roles by name: `Support_Logs`, `collector`, `administrator`. */
export async function readRoles(): Promise<Record<string, Role>> {
  const files = await readFolder<Role>('roles');
  return Object.fromEntries(files.map(({ name, content }) => [name, content]));
}

/** The accounts that the parts of the product use. */
export function readAccounts(): Promise<Account[]> {
  return readJson('accounts.json');
}

/**
 * The roles as the text of a `roles.yml` for Elasticsearch's file realm. Each role is one line, since
 * Elasticsearch cuts the file into roles at lines that don't begin with a space before it reads them as YAML.
 */
export function rolesYaml(roles: Record<string, Role>): string {
  return Object.entries(roles)
    .map(([name, role]) => `${name}: ${JSON.stringify(role)}\n`)
    .join('');
}

/**
 * Puts roles and accounts on a full Elasticsearch (the embedded one has no API for them: it takes `rolesYaml` and a users file).
 * @param passwords by the variables that `accounts.json` names; an account without a password is left out
 * @returns the names of the accounts that were put
 */
export async function applyAccounts(
  elasticsearchUrl: string,
  passwords: Readonly<Record<string, string | undefined>>,
): Promise<string[]> {
  for (const [name, role] of Object.entries(await readRoles())) {
    await request(elasticsearchUrl, 'PUT', `/_security/role/${name}`, role);
  }
  const applied: string[] = [];
  for (const { username, roles, passwordVariable } of await readAccounts()) {
    const password = passwords[passwordVariable];
    if (!password) continue;
    await request(elasticsearchUrl, 'PUT', `/_security/user/${username}`, { password, roles });
    applied.push(username);
  }
  const kibana = passwords[kibanaAccount.passwordVariable];
  if (kibana) {
    await request(elasticsearchUrl, 'POST', `/_security/user/${kibanaAccount.username}/_password`, {
      password: kibana,
    });
    applied.push(kibanaAccount.username);
  }
  return applied;
}
