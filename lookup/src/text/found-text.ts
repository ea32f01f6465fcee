import type { FoundRecord, FoundRecords } from '../store/words.js';
import { count } from '../story/gaps.js';
import { troubleOf } from './facts.js';
import { coloured, fitSegments, plain, type Segment, type Style } from './paint.js';
import { fit, pad, visible, widthOf } from './visible.js';

const widestService = 16;

const severityColumns = 5;

/** Records that a search found, one a line. */
export function* foundLines(found: FoundRecords, options: { readonly width: number; readonly colours: boolean }) {
  const paint = options.colours ? coloured : plain;
  const widths = found.records.map(({ service }) => widthOf(visible(service)));
  const serviceColumns = Math.min(widestService, Math.max(0, ...widths));
  for (const record of found.records) {
    yield paint(fitSegments(segmentsOf(record, serviceColumns), options.width)).trimEnd();
  }
  if (found.records.length < found.total) {
    yield paint([
      { text: `· the newest ${found.records.length} of ${count(found.total)}; --limit shows more`, style: 'faint' },
    ]);
  }
}

function segmentsOf(record: FoundRecord, serviceColumns: number): Segment[] {
  const trouble = troubleOf(record.attributes);
  const style: Style = record.severityNumber >= 17 ? 'bad' : record.severityNumber >= 13 ? 'warning' : 'faint';
  return [
    { text: `${record.time.slice(0, 23).replace('T', ' ')}  `, style: 'faint' },
    { text: `${pad(fit(visible(record.service), serviceColumns), serviceColumns)}  `, style: 'strong' },
    { text: `${pad(visible(record.severity), severityColumns)}  `, style },
    ...(record.orderId === undefined ? [] : [{ text: `${visible(record.orderId)}  ` }]),
    ...(record.eventName === undefined ? [] : [{ text: `${visible(record.eventName)}  `, style: 'event' } as const]),
    // 'calculation failed' adds nothing to calculation.failed: what went wrong needs the room.
    ...(trouble !== undefined && record.eventName !== undefined ? [] : [{ text: `${visible(record.body)}  ` }]),
    ...(trouble === undefined ? [] : [{ text: visible(trouble), style } as const]),
  ];
}
