export { type Account, applyAccounts, type Role, readAccounts, readRoles, rolesYaml } from './accounts.js';
export { ElasticsearchError } from './client.js';
export { applyTemplates } from './templates.js';
