import type { Finding } from './judge.js';
import type { TypeCheck, WrongType } from './types.js';

/** The findings as lines for a terminal: a row each, which services send other types than declared, then how many there are. */
export function tableLines(findings: readonly Finding[], types: TypeCheck): string[] {
  const rows = findings.map((finding) => [
    markOf(finding),
    finding.row.system,
    finding.row.event,
    finding.count.toLocaleString('en-US'),
    remarkOf(finding) || (finding.example ?? ''),
  ]);
  const head = ['', 'system', 'event', 'records', 'example, or what is missing'];
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (at === 3 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(head), ...rows.map(line), '', ...types.wrong.map(typeLine), summary(findings, types)];
}

/** True where everything is found but what may wait. */
export function isComplete(findings: readonly Finding[]): boolean {
  return findings.every(({ found, row }) => found || row.mayWait);
}

function summary(findings: readonly Finding[], { records, lookedInto, wrong }: TypeCheck): string {
  const found = findings.filter((finding) => finding.found).length;
  const waiting = findings.filter((finding) => !finding.found && finding.row.mayWait).length;
  const missing = findings.length - found - waiting;
  const values = wrong.reduce((sum, { count }) => sum + count, 0).toLocaleString('en-US');
  const looked = `${lookedInto < records ? 'the newest ' : ''}${lookedInto.toLocaleString('en-US')} records`;
  return `${found} of ${findings.length} found, ${missing} missing, ${waiting} may wait; ${values} values of another type than declared in ${looked}`;
}

function typeLine({ service, attribute, declared, count, example = '' }: WrongType): string {
  return `! ${service}: ${attribute} is declared as ${declared}, and is not in ${count.toLocaleString('en-US')} records; ${example}`;
}

function markOf({ found, row }: Finding): string {
  if (found) return '✓';
  return row.mayWait ? '-' : '✗';
}

function remarkOf({ count, missing, severities }: Finding): string {
  if (count === 0) return 'not found';
  return [
    ...(missing.length > 0 ? [`without ${missing.join(', ')}`] : []),
    ...(severities.length > 0 ? [`with severity ${severities.join(', ')}`] : []),
  ].join('; ');
}
