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
  /** Where services send to, which takes records from anybody. */
  readonly ordinaryDoor: string;
  /** Stores documents as the collector would have. */
  write(examples: readonly StoredExample[]): Promise<void>;
  /** Runs the command with an account; Support_Logs' unless told. */
  command(args: readonly string[], url?: string): Promise<CommandEnd>;
  open(url?: string, looker?: Looker): Lookup;
  /** Stops or starts the collector. */
  readonly collector: Stack['parts']['collector'];
  /** The URL of an account of `roles`. */
  account(name: keyof typeof roles): string;
  /** The administrator's view. */
  readonly administrator: Client;
}

const read = ['read', 'view_index_metadata'];

/** Accounts that may read less than Support_Logs. The server reads its files every few seconds: all are made at once. */
const roles = {
  crm_only: { indices: [{ names: ['logs-crm_api.otel-*', 'traces-crm_api.otel-*'], privileges: read }] },
  mes_only: {
    indices: [{ names: ['logs-mes_api.otel-default', 'traces-mes_api.otel-default'], privileges: ['read'] }],
  },
  stranger: { indices: [{ names: ['other'], privileges: read }] },
};

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
    await addAccounts(stack);
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
    ordinaryDoor: stack.env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '',
    write: (examples) => store(adminUrl, examples),
    command: (args, url = supportUrl) => lookup(args, { folder: stack.run.folder, environment: environmentFor(url) }),
    open: (url = supportUrl, looker = { renderer: 'page', address: '127.0.0.1' }) =>
      keep(openLookup({ elasticsearch: url, collector: journalAddress(journal) }, looker)),
    collector: stack.parts.collector,
    account: (name) => accountUrl(supportUrl, name),
  };
}

/** In a server that takes accounts from files only. The new ones have the password of Support_Logs' one. */
async function addAccounts({ run, env }: Stack): Promise<void> {
  const supportUrl = env.LOOKUP_ELASTICSEARCH_URL ?? '';
  const config = join(run.folder, 'elasticsearch', 'config');
  const users = (await readFile(join(config, 'users'), 'utf8')).split('\n');
  const hash = users.find((line) => line.startsWith('support:'))?.slice('support:'.length);
  const lines = (line: (name: string, role: object) => string) =>
    Object.entries(roles)
      .map(([name, role]) => `${line(name, role)}\n`)
      .join('');
  await appendFile(
    join(config, 'roles.yml'),
    lines((name, role) => `role_${name}: ${JSON.stringify({ cluster: [], ...role })}`),
  );
  await appendFile(
    join(config, 'users_roles'),
    lines((name) => `role_${name}:${name}`),
  );
  await appendFile(
    join(config, 'users'),
    lines((name) => `${name}:${hash}`),
  );
  for (const name of Object.keys(roles)) {
    const client = connect(accountUrl(supportUrl, name));
    try {
      const isThere = async () => (await client.security.authenticate()).roles.includes(`role_${name}`);
      if (!(await waitUntil(isThere, { timeoutMs: 60_000, intervalMs: 500 }))) throw new Error(`no account ${name}`);
    } finally {
      await client.close();
    }
  }
}

function accountUrl(supportUrl: string, name: string): string {
  return supportUrl.replace('//support:', `//${name}:`);
}
