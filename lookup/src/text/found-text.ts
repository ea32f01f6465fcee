import type { Hit, SearchAnswer } from '../search/answer.js';
import { duration } from './durations.js';
import { troubleOf } from './facts.js';
import { coloured, fitSegments, plain, type Segment, type Style } from './paint.js';
import { plural } from './plural.js';
import { fit, pad, visible, widthOf } from './visible.js';

const widestService = 16;
const severityColumns = 5;

interface Look {
  readonly width: number;
  readonly colours: boolean;
}

/** Spans and records that a search found, one a line. */
export function* foundLines(hits: readonly Hit[], found: Pick<SearchAnswer, 'total' | 'verdict' | 'gaps'>, look: Look) {
  const paint = look.colours ? coloured : plain;
  const widths = hits.map(({ service }) => widthOf(visible(service)));
  const serviceColumns = Math.min(widestService, Math.max(0, ...widths));
  for (const hit of hits) yield paint(fitSegments(segmentsOf(hit, serviceColumns), look.width)).trimEnd();
  if (found.verdict === 'whole') yield paint([{ text: `✓ whole: ${plural(found.total, 'hit')}`, style: 'good' }]);
  for (const gap of found.gaps) yield paint([{ text: `! partial: ${visible(gap.text)}`, style: 'warning' }]);
}

/** A span or record that has just arrived. */
export function tailLine(hit: Hit & { readonly late?: true }, look: Look): string {
  const paint = look.colours ? coloured : plain;
  const [time, ...rest] = segmentsOf(hit, widestService);
  const late: Segment[] = hit.late ? [{ text: 'late  ', style: 'warning' }] : [];
  return paint(fitSegments([...(time ? [time] : []), ...late, ...rest], look.width)).trimEnd();
}

function segmentsOf(hit: Hit, serviceColumns: number): Segment[] {
  const trouble = troubleOf(hit.attributes);
  const style: Style = hit.severityNumber >= 17 ? 'bad' : hit.severityNumber >= 13 ? 'warning' : 'faint';
  return [
    { text: `${hit.time.slice(0, 23).replace('T', ' ')}  `, style: 'faint' },
    { text: `${pad(fit(visible(hit.service), serviceColumns), serviceColumns)}  `, style: 'strong' },
    { text: `${pad(visible(hit.severity), severityColumns)}  `, style },
    ...(hit.orderId === undefined ? [] : [{ text: `${visible(hit.orderId)}  ` }]),
    ...(hit.eventName === undefined ? [] : [{ text: `${visible(hit.eventName)}  `, style: 'event' } as const]),
    // 'calculation failed' adds nothing to calculation.failed: what went wrong needs the room.
    ...(trouble !== undefined && hit.eventName !== undefined ? [] : [{ text: `${visible(hit.body)}  ` }]),
    ...(hit.durationMs === undefined ? [] : [{ text: `${duration(hit.durationMs)}  `, style: 'faint' } as const]),
    ...(trouble === undefined ? [] : [{ text: visible(trouble), style } as const]),
  ];
}
