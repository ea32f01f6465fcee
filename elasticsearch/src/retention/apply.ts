import { ElasticsearchError, request } from '../client.js';
import { archivePolicy, lifecycleComponent, lifecyclePolicy, policyName, snapshotPolicy } from './lifecycle.js';
import type { Profile } from './schema.js';

/** What a server without index lifecycle management answers to a question about it. */
const unknownStatuses = [400, 404, 405];

/**
 * Makes the profile a policy of index lifecycle management, under names that stay the same: what exists follows a changed profile.
 * @returns false when the server has none (the embedded one): there the keeper does it
 */
export async function applyRetention(url: string, profile: Profile): Promise<boolean> {
  if (!(await hasLifecycleManagement(url))) return false;
  if (profile.archive) {
    const { policy_id: _, ...body } = archivePolicy();
    await request(url, 'PUT', `/_slm/policy/${snapshotPolicy}`, body);
  }
  await request(url, 'PUT', `/_ilm/policy/${policyName}`, { policy: lifecyclePolicy(profile) });
  const { name, ...component } = lifecycleComponent();
  await request(url, 'PUT', `/_component_template/${name}`, component);
  // What was made before there was a policy comes under it too.
  const settings = { index: { lifecycle: { name: policyName } } };
  await request(
    url,
    'PUT',
    '/logs-*.otel-*,metrics-*.otel-*,traces-*.otel-*/_settings?ignore_unavailable=true&allow_no_indices=true',
    settings,
  );
  return true;
}

async function hasLifecycleManagement(url: string): Promise<boolean> {
  try {
    await request(url, 'GET', '/_ilm/status');
    return true;
  } catch (error) {
    if (error instanceof ElasticsearchError && unknownStatuses.includes(error.status ?? 0)) return false;
    throw error;
  }
}
