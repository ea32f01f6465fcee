import { createHash } from 'node:crypto';

/** Where the generated part of a collector configuration begins and ends. */
export const beginMarker =
  '  # >>> generated from privacy/policy.yaml by: npm run redact -- --generate   (change the policy, not these lines)';
/** What the last line begins with; the checksum of the lines before it follows. */
export const endMarker = '  # <<< generated from privacy/policy.yaml';

/** A whole block: its lines, the first of which is the begin marker, and the end marker with their checksum. */
export function sealed(lines: readonly string[]): string {
  const text = `${lines.join('\n')}\n`;
  return `${text}${endMarker}, checksum ${checksumOf(text)}\n`;
}

/** Whether a block is as some policy made it: nobody has edited it by hand. */
export function isSealed(block: string): boolean {
  const end = block.lastIndexOf(endMarker);
  return `${block.trimEnd()}\n` === sealed(block.slice(0, end).split('\n').slice(0, -1));
}

function checksumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
