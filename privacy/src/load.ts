import { isNode, LineCounter, parseDocument } from 'yaml';
import { type Policy, policySchema } from './schema.js';

/** What is wrong with a policy file: one line a fault, each with file, line and column (both from 1). */
export class PolicyError extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'PolicyError';
  }
}

/**
 * Reads a policy from its YAML text.
 * @param file the name to use in errors
 * @throws PolicyError naming the line and column of every fault
 */
export function parsePolicy(text: string, file = 'privacy/policy.yaml'): Policy {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const place = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    throw new PolicyError(document.errors.map((error) => `${place(error.pos[0])}: ${firstLine(error.message)}`));
  }
  const result = policySchema.safeParse(document.toJS());
  if (!result.success) {
    throw new PolicyError(
      result.error.issues.map((issue) => `${place(offsetOf(issue.path))}: ${issue.path.join('.')}: ${issue.message}`),
    );
  }
  return result.data;

  /** Where the value at this path stands, or the nearest value around it that is there. */
  function offsetOf(path: readonly PropertyKey[]): number {
    for (let depth = path.length; depth >= 0; depth--) {
      const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return node.range[0];
    }
    return 0;
  }
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;
}
