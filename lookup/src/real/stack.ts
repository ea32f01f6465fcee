import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@elastic/elasticsearch';
import { type Stack, startStack, waitUntil } from '@hallmark/stack';
import { type CommandEnd, lookup } from '../example/command.js';
import type { StoredExample } from '../example/documents.js';
import { store } from '../example/store.js';
import { connect, journalAddress, type Looker, type Lookup, openLookup } from '../index.js';

/** The real Elasticsearch and the real collector, for the suites of this room. */
export interface Real {
  readonly client: Client;
  readonly supportUrl: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Stores documents as the collector would have. */
  write(examples: readonly StoredExample[]): Promise<void>;
  /** Runs the command with an account; Support_Logs' unless told. */
  command(args: readonly string[], url?: string): Promise<CommandEnd>;
  open(url?: string, looker?: Looker): Lookup;
  /** Stops or starts the collector. */
  readonly collector: Stack['parts']['collector'];
  /** An account with a role of its own, in a server that takes accounts from files only; its URL. */
  account(name: string, role: object): Promise<string>;
  /** The administrator's view. */
  readonly administrator: Client;
}

/** The first start fetches the server and may build the collector. */
const startTimeoutMs = 15 * 60_000;

/** Registers the parts for the suite that calls it: started before its tests, ended after them. */
export function useReal(): () => Real {
  let stack: Stack | undefined;
  const open: { close(): Promise<void> }[] = [];
  let real: Real | undefined;
  before(async function () {
    this.timeout(startTimeoutMs);
    stack = await startStack({ parts: ['elasticsearch', 'collector'] });
    real = realOf(stack, open);
  });
  after(async function () {
    this.timeout(60_000);
    for (const each of open) await each.close();
    await stack?.stop();
  });
  return () => {
    if (!real) throw new Error('the stack has not been started');
    return real;
  };
}

function realOf(stack: Stack, open: { close(): Promise<void> }[]): Real {
  const { ELASTICSEARCH_URL: adminUrl = '', LOOKUP_ELASTICSEARCH_URL: supportUrl = '' } = stack.env;
  const journal = stack.env.LOOKUP_JOURNAL_URL ?? '';
  const keep = <C extends { close(): Promise<void> }>(each: C) => {
    open.push(each);
    return each;
  };
  const environmentFor = (url: string) => ({ LOOKUP_ELASTICSEARCH_URL: url, LOOKUP_JOURNAL_URL: journal });
  return {
    client: keep(connect(supportUrl)),
    administrator: keep(connect(adminUrl)),
    supportUrl,
    environment: environmentFor(supportUrl),
    write: (examples) => store(adminUrl, examples),
    command: (args, url = supportUrl) => lookup(args, { folder: stack.run.folder, environment: environmentFor(url) }),
    open: (url = supportUrl, looker = { renderer: 'page', address: '127.0.0.1' }) =>
      keep(openLookup({ elasticsearch: url, collector: journalAddress(journal) }, looker)),
    collector: stack.parts.collector,
    account: (name, role) => addAccount(stack, supportUrl, name, role),
  };
}

/** The server reads its files of accounts anew every few seconds. The new account has the password of Support_Logs' one. */
async function addAccount(stack: Stack, supportUrl: string, name: string, role: object): Promise<string> {
  const config = join(stack.run.folder, 'elasticsearch', 'config');
  const users = await readFile(join(config, 'users'), 'utf8');
  const hash = users
    .split('\n')
    .find((line) => line.startsWith('support:'))
    ?.slice('support:'.length);
  await appendFile(join(config, 'roles.yml'), `role_${name}: ${JSON.stringify(role)}\n`);
  await appendFile(join(config, 'users_roles'), `role_${name}:${name}\n`);
  await appendFile(join(config, 'users'), `${name}:${hash}\n`);
  const url = supportUrl.replace('//support:', `//${name}:`);
  const client = connect(url);
  try {
    const isThere = async () => (await client.security.authenticate()).roles.includes(`role_${name}`);
    if (!(await waitUntil(isThere, { timeoutMs: 60_000, intervalMs: 500 }))) throw new Error(`no account ${name}`);
  } finally {
    await client.close();
  }
  return url;
}
