import { cell, rows } from './rows.js';
import type { Metric, Samples } from './samples.js';
import type { Variant } from './variants.js';

const panels: readonly { readonly metric: Metric; readonly title: string }[] = [
  { metric: 'firstLineMs', title: 'Added start-up (ms)' },
  { metric: 'httpCpuUs', title: 'Added CPU time a request, HTTP and a log line (µs)' },
  { metric: 'partsCpuUs', title: 'Added CPU time a request, with PostgreSQL and RabbitMQ (µs)' },
  { metric: 'httpResidentMib', title: 'Added resident memory under load (MiB)' },
];

const widthPx = 760;
const labelPx = 180;
const valuePx = 70;
const barPx = 18;
const linePx = 26;
const titlePx = 40;
const marginPx = 16;

/** A plain SVG of horizontal bars, the median with its range; its colours follow the reader's light or dark setting. */
export function drawChart(variants: readonly Variant[], samples: Samples): string {
  const compared = variants.filter(({ id }) => id !== 'bare');
  const parts: string[] = [];
  let top = marginPx;
  for (const { metric, title } of panels) {
    const drawn = drawPanel(metric, title, compared, samples, top);
    if (drawn === '') continue;
    parts.push(drawn);
    top += titlePx + compared.length * linePx;
  }
  const heightPx = top + marginPx;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${widthPx} ${heightPx}" width="${widthPx}" height="${heightPx}" role="img" aria-label="What each distribution adds to a service">
<style>
  text { font: 13px system-ui, sans-serif; fill: #24292f; }
  .title { font-weight: 600; }
  .ours { fill: #b8860b; }
  .peer { fill: #8c96a0; }
  .range { stroke: #24292f; stroke-width: 1.5; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .ours { fill: #e3b341; }
    .peer { fill: #6e7681; }
    .range { stroke: #e6edf3; }
  }
</style>
${parts.join('\n')}
</svg>
`;
}

function drawPanel(metric: Metric, title: string, variants: readonly Variant[], samples: Samples, top: number): string {
  const row = rows.find((each) => each.metric === metric);
  if (row === undefined) return '';
  const found = variants.map((variant) => ({ variant, summary: cell(samples, variant.id, row) }));
  const greatest = Math.max(...found.map(({ summary }) => summary?.max ?? 0));
  if (greatest <= 0) return '';
  const scale = (widthPx - labelPx - valuePx - 2 * marginPx) / greatest;
  const left = marginPx + labelPx;
  const lines = [`<text class="title" x="${marginPx}" y="${top + 18}">${title}</text>`];
  for (const [index, { variant, summary }] of found.entries()) {
    const y = top + titlePx - 10 + index * linePx;
    const middle = y + barPx / 2;
    lines.push(`<text x="${marginPx}" y="${middle + 4}">${variant.title}</text>`);
    if (summary === undefined) {
      lines.push(`<text x="${left}" y="${middle + 4}">refused</text>`);
      continue;
    }
    const at = (value: number) => (left + Math.max(0, value) * scale).toFixed(1);
    const width = (Math.max(0, summary.median) * scale).toFixed(1);
    lines.push(
      `<rect class="${variant.isOurs ? 'ours' : 'peer'}" x="${left}" y="${y}" width="${width}" height="${barPx}"/>`,
      `<line class="range" x1="${at(summary.min)}" y1="${middle}" x2="${at(summary.max)}" y2="${middle}"/>`,
      `<text x="${(Number(at(summary.max)) + 8).toFixed(1)}" y="${middle + 4}">${summary.median.toFixed(0)}</text>`,
    );
  }
  return lines.join('\n');
}
