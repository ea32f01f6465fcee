import type { Stack } from '@hallmark/stack';
import { endMs } from './kept-data.js';
import { load } from './load.js';
import { type LookedAtPage, lookAtPage } from './look-at-page.js';
import { orderNumber, type Stored, services } from './records.js';
import { type Row, timesRow } from './rows.js';

const longOrder = 'ORD-LONG-STORY';
const longStorySpans = 5_000;
const paintGoalMs = 500;
const taskGoalMs = 100;
const memoryGoalMib = 200;
const windowMs = 31 * 86_400_000;

/** Opens stories in a real Chromium, and scrolls through one of five thousand spans. */
export async function pageRows(
  stack: Stack,
  orders: number,
  rounds: number,
  say: (line: string) => void,
): Promise<Row[]> {
  const { ELASTICSEARCH_URL = '', LOOKUP_ELASTICSEARCH_URL = '', LOOKUP_JOURNAL_URL = '' } = stack.env;
  await load(ELASTICSEARCH_URL, longStory(), longStorySpans, say);
  const looked = await lookAtPage({
    environment: { LOOKUP_ELASTICSEARCH_URL, LOOKUP_JOURNAL_URL },
    orders: Array.from({ length: rounds }, (_, round) => orderNumber(Math.floor(((round * 0.618034) % 1) * orders))),
    longOrder,
    from: new Date(endMs - windowMs),
  });
  return rowsOf(looked);
}

function rowsOf({ paintsMs, spans, frames, longestTaskMs, serverBytes }: LookedAtPage): Row[] {
  if (spans !== longStorySpans) throw new Error(`the page shows ${spans} rows of ${longStorySpans} spans`);
  const none = { median: '', p95: '' };
  return [
    timesRow("the same story painted in Chromium, from the address's entering", paintGoalMs, paintsMs),
    {
      what: `the longest task while ${spans.toLocaleString('en-US')} spans scroll, a screen a frame`,
      goal: `${taskGoalMs} ms`,
      ...none,
      most: longestTaskMs === 0 ? 'under 50 ms' : `${Math.round(longestTaskMs)} ms`,
      of: `${frames} frames`,
    },
    {
      what: 'memory of the process that served the page',
      goal: `${memoryGoalMib} MiB`,
      ...none,
      most: `${Math.round(serverBytes / 2 ** 20)} MiB`,
      of: '1 process',
    },
  ];
}

/** One trace: a tree in which each span calls four. */
function* longStory(): Generator<Stored> {
  for (let index = 0; index < longStorySpans; index += 1) {
    const service = services[index % services.length] ?? 'shop-api';
    yield {
      stream: `traces-${service.replaceAll('-', '_')}.otel-default`,
      source: {
        '@timestamp': `${endMs - 3_600_000 + index * 2}.0`,
        trace_id: '5'.repeat(32),
        span_id: spanId(index),
        ...(index > 0 && { parent_span_id: spanId(Math.floor((index - 1) / 4)) }),
        name: `step ${index}`,
        kind: 'Internal',
        duration: (10 + (index % 70)) * 1_000_000,
        attributes: { 'order.id': longOrder, 'code.namespace': 'steps', 'step.number': index },
        resource: { attributes: { 'service.name': service } },
        scope: { name: 'bench' },
        status: index % 397 === 396 ? { code: 'Error', message: 'step failed' } : {},
      },
    };
  }
}

function spanId(index: number): string {
  return (index + 1).toString(16).padStart(16, '0');
}
