import type { Hit as StoredHit } from '../store/documents.js';
import { documentId, readDocument, type StoredDocument } from '../store/documents.js';
import { beginningOf, type Room } from '../store/room.js';
import { shortened } from '../store/shorten.js';
import { textOf } from '../story/attributes.js';
import { orderId } from '../story/names.js';
import { isoTime } from '../story/times.js';
import type { Hit } from './answer.js';

/** A search shows beginnings; the whole of a long message is in its story. */
const mostCharacters = 4_000;

export function readHit(stored: StoredHit, room: Room): Hit {
  const document = shortened(readDocument(stored), documentId(stored), room);
  const order = textOf(document.attributes, orderId);
  const body = document.type === 'span' ? document.name : document.body;
  return {
    type: document.type,
    time: isoTime(document.timeMs),
    timeMs: document.timeMs,
    service: document.service,
    ...severityOf(document),
    ...(document.type === 'record' && document.eventName !== undefined && { eventName: document.eventName }),
    body: beginningOf(body, mostCharacters),
    ...(body.length > mostCharacters && { bodyLength: document.cut?.lengths.body ?? body.length }),
    ...(document.traceId !== undefined && { traceId: document.traceId }),
    ...(document.spanId !== undefined && { spanId: document.spanId }),
    ...(order !== undefined && { orderId: order }),
    ...(document.type === 'span' && { durationMs: document.durationMs }),
    attributes: document.attributes,
    ...(document.cut && { cut: document.cut }),
  };
}

function severityOf(document: StoredDocument): { severity: string; severityNumber: number } {
  if (document.type === 'record') return { severity: document.severity, severityNumber: document.severityNumber };
  return document.status === 'error' ? { severity: 'ERROR', severityNumber: 17 } : { severity: '', severityNumber: 0 };
}
