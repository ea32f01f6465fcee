import { createHash } from 'node:crypto';
import type { Policy } from './schema.js';

/** The policy's mark: 12 hex digits that change when anything in the policy does. Stands on records as `redaction.policy`. */
export function policyMark(policy: Policy): string {
  return createHash('sha256').update(JSON.stringify(policy)).digest('hex').slice(0, 12);
}
