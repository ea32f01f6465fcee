import { beginMarker, endMarker } from './generate.js';

/** What is wrong with the generated part of a configuration, and the command that helps. */
export class SpliceError extends Error {}

const command = 'npm run redact -- --generate';

/**
 * The configuration with the block between its markers replaced; everything outside them byte for byte.
 * @throws SpliceError when the markers are missing, doubled or in the wrong order
 */
export function spliced(configuration: string, block: string, file: string): string {
  const { start, end } = between(configuration, file);
  return configuration.slice(0, start) + block + configuration.slice(end);
}

/** The one line to say when policy and configuration differ, or undefined when they agree. */
export function difference(configuration: string, block: string, file: string): string | undefined {
  const { start, end } = between(configuration, file);
  const found = configuration.slice(start, end);
  if (found === block) return undefined;
  const [foundLines, wanted] = [found.split('\n'), block.split('\n')];
  const at = foundLines.findIndex((line, i) => line !== wanted[i]);
  const line = configuration.slice(0, start).split('\n').length + Math.max(at, 0);
  return `${file}:${line}: this part is generated and differs from privacy/policy.yaml: change the policy instead, then run '${command}'`;
}

function between(configuration: string, file: string): { start: number; end: number } {
  const start = configuration.indexOf(beginMarker);
  const endLine = configuration.indexOf(`${endMarker}\n`);
  if (start < 0 || endLine < start || configuration.indexOf(beginMarker, start + 1) >= 0) {
    throw new SpliceError(
      `${file}: the generated part must stand once between '${beginMarker.trim()}' and '${endMarker.trim()}'`,
    );
  }
  return { start, end: endLine + endMarker.length + 1 };
}
