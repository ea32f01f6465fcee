import { isNode, LineCounter, parseDocument } from 'yaml';
import { type Policy, policySchema } from './schema.js';

type Issue = NonNullable<ReturnType<typeof policySchema.safeParse>['error']>['issues'][number];

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
  const content: unknown = document.toJS();
  if (content === null || content === undefined)
    throw new PolicyError([`${place(0)}: the file is empty; privacy/policy.yaml shows what belongs in it`]);
  const result = policySchema.safeParse(content);
  if (!result.success) throw new PolicyError(result.error.issues.flatMap(faultsOf));
  return result.data;

  function faultsOf(issue: Issue): string[] {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => fault([...issue.path, key], 'there is no such field here; is it misspelt?'));
    const { message } = issue;
    return [
      fault(
        issue.path,
        issue.path.length === 0 ? `the file must hold fields such as 'version: 1': ${message}` : message,
      ),
    ];
  }

  function fault(path: readonly PropertyKey[], message: string): string {
    const name = path.join('.');
    return `${place(offsetOf(path))}: ${name === '' ? '' : `${name}: `}${message}`;
  }

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
