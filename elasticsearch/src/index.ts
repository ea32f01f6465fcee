export { type Account, applyAccounts, type Role, readAccounts, readRoles, rolesYaml } from './accounts.js';
export { ElasticsearchError } from './client.js';
export { makeArchive } from './retention/archive.js';
export { carryOut } from './retention/carry-out.js';
export { parseRetention, readProfile } from './retention/load.js';
export type { Profile } from './retention/schema.js';
export { applyTemplates } from './templates.js';
