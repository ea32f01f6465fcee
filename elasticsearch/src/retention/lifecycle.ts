import type { estypes } from '@elastic/elasticsearch';
import type { Profile } from './schema.js';

/** The names under which everything of retention stands on a server: a change replaces it, and what exists follows. */
export const policyName = 'hallmark';
export const lifecycleTemplate = 'hallmark@lifecycle';
export const snapshotPolicy = 'hallmark-archive';
/** The snapshot repository; the company registers it, since where it is can't be known here. */
export const repository = 'archive';

/** The profile as a policy of index lifecycle management. */
export function lifecyclePolicy(profile: Profile): estypes.IlmPolicy {
  const { max_age, max_primary_shard_size, max_size } = profile.rollover;
  const rollover: estypes.IlmRolloverAction = {
    ...(max_age && { max_age }),
    ...(max_primary_shard_size && { max_primary_shard_size }),
    ...(max_size && { max_size }),
  };
  const phases: estypes.IlmPhases = {
    hot: { min_age: '0ms', actions: { rollover } },
    delete: {
      min_age: profile.keep,
      actions: { ...(profile.archive && { wait_for_snapshot: { policy: snapshotPolicy } }), delete: {} },
    },
  };
  if (profile.cold_after !== undefined) {
    // ILM packs in the warm phase only; the same age, so that it does both in one go.
    phases.warm = {
      min_age: profile.cold_after,
      actions: { readonly: {}, forcemerge: { max_num_segments: 1 }, migrate: {} },
    };
    phases.cold = { min_age: profile.cold_after, actions: { migrate: {} } };
  }
  return { phases, _meta: { managed_by: 'hallmark' } };
}

/** Puts every index of Hallmark's templates under the policy. */
export function lifecycleComponent(): estypes.ClusterPutComponentTemplateRequest {
  return {
    name: lifecycleTemplate,
    template: { settings: { index: { lifecycle: { name: policyName } } } },
    _meta: { managed_by: 'hallmark' },
  };
}

/** Takes a snapshot of all streams each night: what an index waits for before it is deleted, in a profile with `archive`. */
export function archivePolicy(): estypes.SlmPutLifecycleRequest {
  return {
    policy_id: snapshotPolicy,
    name: '<hallmark-{now/d}>',
    schedule: '0 30 1 * * ?',
    repository,
    config: { indices: ['logs-*.otel-*', 'metrics-*.otel-*', 'traces-*.otel-*'], include_global_state: false },
  };
}
