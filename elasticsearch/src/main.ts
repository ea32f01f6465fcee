#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { applyAccounts, readAccounts } from './accounts.js';
import { applyTemplates } from './templates.js';

const USAGE = `usage: hallmark-elasticsearch [--accounts]

Puts Hallmark's index templates on the Elasticsearch server at ELASTICSEARCH_URL
(http://user:password@host:port), again and again with the same end.

  --accounts  also roles and accounts, on a server that has the security API; the
              passwords come from the variables that accounts.json names, and
              Kibana's from KIBANA_PASSWORD
  --help      this text
`;

/** @returns the exit code: 0 done, 1 the server refused or is away, 2 wrong use */
async function main(): Promise<number> {
  let options: { help?: boolean; accounts?: boolean };
  try {
    options = parseArgs({ options: { help: { type: 'boolean' }, accounts: { type: 'boolean' } } }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}; see --help`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const url = process.env.ELASTICSEARCH_URL;
  if (!url) {
    console.error('ELASTICSEARCH_URL is not set; it looks like http://user:password@127.0.0.1:9200');
    return 2;
  }
  try {
    await applyTemplates(url);
    console.error('index templates are applied');
    if (options.accounts) {
      const applied = await applyAccounts(url, process.env);
      const missing = (await readAccounts()).filter(({ username }) => !applied.includes(username));
      console.error(`roles are applied, accounts: ${applied.join(', ') || 'none'}`);
      for (const { username, passwordVariable } of missing) {
        console.error(`no account "${username}": ${passwordVariable} is not set`);
      }
    }
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

process.exitCode = await main();
