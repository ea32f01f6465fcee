import { policyMark } from '../mark.js';
import type { Policy } from '../schema.js';
import { ottl } from './ottl.js';

/** A telemetry context of the transform processor, and what of it is text beside the attributes. */
export interface Place {
  readonly context: 'resource' | 'scope' | 'log' | 'span' | 'spanevent';
  readonly texts: readonly { path: string; name: string }[];
  /** Whether a batch has many of it, so that its cost counts. */
  readonly frequent: boolean;
}

/** The condition for a record that was not cleared. */
export const isSuspect = 'attributes["redaction.suspect"] != nil';

/** The condition for a record that was redacted in its process with this policy. */
export function markIs(policy: Policy): string {
  return `attributes["redaction.policy"] == ${ottl(policyMark(policy))}`;
}

/** A group of statements of one context, as YAML. */
export function group({ context }: Place, conditions: readonly string[], statements: readonly string[]): string[] {
  return [
    `      - context: ${context}`,
    ...(conditions.length > 0
      ? ['        conditions:', ...conditions.map((condition) => `          - ${condition}`)]
      : []),
    '        statements:',
    ...statements.map((statement) => `          - ${statement}`),
  ];
}
