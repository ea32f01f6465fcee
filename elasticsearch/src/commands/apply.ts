import { parseArgs } from 'node:util';
import { applyAccounts, readAccounts } from '../accounts.js';
import { applyRetention } from '../retention/apply.js';
import { readProfile } from '../retention/load.js';
import { applyTemplates } from '../templates.js';
import { elasticsearchUrl } from './usage-error.js';

/** Puts the templates, and with `--accounts` roles and accounts, on the server. @returns the exit code */
export async function runApply(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { accounts: { type: 'boolean' } } });
  const url = elasticsearchUrl(process.env);
  // Before anything is changed: a wrong retention.yaml is refused as a whole.
  const profile = await readProfile();
  await applyTemplates(url);
  const isManaged = await applyRetention(url, profile);
  console.error(`index templates are applied, ${isManaged ? 'retention too' : 'retention is left to the keeper'}`);
  if (values.accounts) await accounts(url);
  return 0;
}

async function accounts(url: string): Promise<void> {
  const applied = await applyAccounts(url, process.env);
  const missing = (await readAccounts()).filter(({ username }) => !applied.includes(username));
  console.error(`roles are applied, accounts: ${applied.join(', ') || 'none'}`);
  for (const { username, passwordVariable } of missing) {
    console.error(`no account "${username}": ${passwordVariable} is not set`);
  }
}
