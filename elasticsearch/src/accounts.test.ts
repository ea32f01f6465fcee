import assert from 'node:assert/strict';
import { readAccounts, readRoles, rolesYaml } from './accounts.js';

describe('roles', () => {
  it('let Support_Logs only read, and only records: not who looked, which is in the namespace audit', async () => {
    const { Support_Logs: role } = await readRoles();
    assert.deepEqual(role, {
      cluster: [],
      indices: [
        {
          names: ['logs-*.otel-default', 'logs-*.otel-orders', 'metrics-*.otel-default', 'traces-*.otel-default'],
          privileges: ['read', 'view_index_metadata'],
        },
      ],
    });
  });

  it('are written for the file realm one a line, as Elasticsearch cuts the file', async () => {
    const roles = await readRoles();
    const lines = rolesYaml(roles).trimEnd().split('\n');
    const read = lines.map((line) => /^(\S+): (\{.*\})$/.exec(line)?.slice(1) ?? []);
    assert.deepEqual(
      read.map(([name, role]) => [name, JSON.parse(role ?? '')]),
      Object.entries(roles),
    );
  });

  it('exist for every account', async () => {
    const roles = Object.keys(await readRoles());
    const missing = (await readAccounts()).flatMap((account) => account.roles).filter((role) => !roles.includes(role));
    assert.deepEqual(missing, []);
  });
});
