import { beginMarker, endMarker, isSealed } from './markers.js';

/** What is wrong with the generated part of a configuration, and the command that helps. */
export class SpliceError extends Error {}

const command = 'npm run redact -- --generate';

/**
 * The configuration with the block between its markers replaced, in the line ends it has there; everything outside them
 * byte for byte.
 * @param discard whether a hand edit between the markers is given up
 * @throws SpliceError when the markers are missing, doubled or in the wrong order, or a hand edit would be lost
 */
export function spliced(configuration: string, block: string, file: string, discard = false): string {
  const { start, end } = between(configuration, file);
  const found = withPlainEnds(configuration.slice(start, end));
  if (!discard && found !== block && !isSealed(found)) {
    throw new SpliceError(
      `${file}:${lineOf(configuration, start)}: the generated part was edited by hand: take what it should do into privacy/policy.yaml, then run '${command} --force', which discards the edit`,
    );
  }
  const lineEnd = configuration[configuration.indexOf('\n', start) - 1] === '\r' ? '\r\n' : '\n';
  return configuration.slice(0, start) + block.replaceAll('\n', lineEnd) + configuration.slice(end);
}

/** The one line to say when policy and configuration differ, or undefined when they agree. */
export function difference(configuration: string, block: string, file: string): string | undefined {
  const { start, end } = between(configuration, file);
  const found = withPlainEnds(configuration.slice(start, end));
  if (found === block) return undefined;
  const [foundLines, wanted] = [found.split('\n'), block.split('\n')];
  const at = foundLines.findIndex((line, i) => line !== wanted[i]);
  const line = lineOf(configuration, start) + Math.max(at, 0);
  return `${file}:${line}: this part is generated and differs from privacy/policy.yaml: change the policy instead, then run '${command}'`;
}

/** A checkout may have the line ends of Windows. */
function withPlainEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function lineOf(configuration: string, at: number): number {
  return configuration.slice(0, at).split('\n').length;
}

function between(configuration: string, file: string): { start: number; end: number } {
  const start = configuration.indexOf(beginMarker);
  const endLine = configuration.indexOf(endMarker);
  const doubled = (marker: string, at: number) => configuration.indexOf(marker, at + 1) >= 0;
  if (start < 0 || endLine < start || doubled(beginMarker, start) || doubled(endMarker, endLine)) {
    throw new SpliceError(
      `${file}: the generated part must stand once between '${beginMarker.trim()}' and '${endMarker.trim()}'`,
    );
  }
  const newline = configuration.indexOf('\n', endLine);
  return { start, end: newline < 0 ? configuration.length : newline + 1 };
}
