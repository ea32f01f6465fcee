import { longestExitMs } from './measure-exit.js';
import { cell, type Row, rows } from './rows.js';
import type { Outcome, Plan } from './run.js';
import { judge } from './targets.js';
import type { Variant } from './variants.js';

export type Page = Plan & Outcome & { readonly machine: string };

/** The whole of docs/overhead.md. Nothing in it is written by hand, so that it can't say more than the run did. */
export function writePage(page: Page): string {
  return `# What the preload costs in a service

Written by \`npm run bench -- preload\`. Every variant was measured in the same run on the same machine, in turn, round by round; the
figures are medians, with the least and the greatest in brackets. All but the shares are what is added to bare Node, paired with the bare
process of the same round; the column of bare Node has its own.

![start-up, CPU time and memory added to a service](overhead.svg)

${table(page)}

${refusals(page)}${verdicts(page)}## The run

- Machine: ${page.machine}. Load average of the minute before: ${page.loadBefore.toFixed(2)}; the processes under test and their load
  share the cores.
- Rounds: ${page.startRounds} for start-up, ${page.loadRounds} under load, ${page.exitRounds} for endings.
- Under load: ${page.warmUpRequests} requests to warm up, then ${page.requests} that are measured, from another process, on 10 kept connections.
${page.variants.map(describe).join('\n')}

## How to read it

- Start-up is the time from spawn to the first line of the service's own code, or to its listening socket. Peak memory is \`VmHWM\` then.
- CPU time is that of the whole process, all threads, making and sending the telemetry, divided by the requests.
- Every variant sends traces and logs to a receiver that decodes them; metrics are off. The service under Hallmark also gets the
  records that the preload writes by itself (a request served, a query made, a message sent and received), which no other variant writes;
  the column after it has them switched off by \`HALLMARK_RECORDS_OFF\`.
- Delivered is what the receiver had within 8 s of the last answer, without stopping the service; in the line on SIGTERM, what had
  come when the server had ended, or 3 s later if it did not end.
- An ending of ${longestExitMs / 1_000} s means that the process was still there and was killed. Upstream's own handler of SIGTERM keeps a server running.
- A variant whose telemetry does not arrive is refused: it has saved itself the work that is measured.
- OpenTelemetry JS 3.x runs with a hand-over of eight lines (\`bench/services/hand-over-logs.cjs\`): without it the newest published winston
  transport writes to a provider that SDK 3.x does not have, and not one log record arrives.
- dd-trace leaves logs to an agent; here its agentless submission is switched on, so that it does the same work.
`;
}

function table({ variants, samples, withParts }: Page): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const show = (row: Row, id: string) => {
    if (samples.refused.has(id)) return 'refused';
    if (id === 'bare' && row.unit === '%') return '';
    const found = cell(samples, id, row);
    if (found === undefined) return 'not measured';
    const digits = row.unit === 'ms' || row.unit === '%' ? 0 : 1;
    const [median, min, max] = [found.median, found.min, found.max].map((number) => number.toFixed(digits));
    return `**${median}** (${min}…${max})`;
  };
  const body = rows
    .filter(({ needsParts }) => withParts || !needsParts)
    .map((row) => line([`${row.title} (${row.unit})`, ...variants.map(({ id }) => show(row, id))]));
  return [
    line(['', ...variants.map(({ title }) => title)]),
    line(['---', ...variants.map(() => '---:')]),
    ...body,
  ].join('\n');
}

function refusals({ variants, samples }: Page): string {
  const lines = variants.flatMap(({ id, title }) => {
    const reason = samples.refused.get(id);
    return reason === undefined ? [] : [`- ${title} gets no figures: ${reason}.\n`];
  });
  return lines.length === 0 ? '' : `## Refused\n\n${lines.join('')}\n`;
}

function verdicts({ samples, variants }: Page): string {
  const lines = judge(samples, variants).map(
    ({ promise, found, kept }) => `| ${promise} | ${found} | ${kept ? 'kept' : '**missed**'} |\n`,
  );
  return lines.length === 0
    ? ''
    : `## Against the promises\n\n| promise | this run | |\n|---|---|---|\n${lines.join('')}\n`;
}

function describe({ title, packages }: Variant): string {
  const list = Object.entries(packages).map(([name, version]) => `\`${name}\` ${version}`);
  return `- ${title}: ${list.length > 0 ? list.join(', ') : 'of this checkout'}.`;
}
