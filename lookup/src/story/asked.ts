import { fieldNamed } from '../query/fields.js';
import { messageId, orderId } from './names.js';
import type { Asked } from './story.js';

/** What was asked for, as a title: `Order ORD-7K2MXQ4BTZ`. */
export function spokenAsked(asked: Asked): string {
  if ('orderId' in asked) return `Order ${asked.orderId}`;
  if ('traceId' in asked) return `Trace ${asked.traceId}`;
  if ('spanId' in asked) return `Span ${asked.spanId}`;
  if ('messageId' in asked) return `Message ${asked.messageId}`;
  return 'attribute' in asked ? `${asked.attribute}=${asked.value}` : `Search ${asked.query}`;
}

/**
 * What a text that somebody pasted asks for, where its shape says so: a trace id, a traceparent, a span id, or `name=value` with
 * the name of a field of the search language or of any attribute. Undefined for everything else, also for the number of an
 * order, which has no shape of its own: that is found by a search, or asked for as an order.
 */
export function readAsked(text: string): Asked | undefined {
  const trimmed = text.trim();
  const traceId = readTraceId(trimmed);
  if (traceId !== undefined) return { traceId };
  if (/^[0-9a-f]{16}$/i.test(trimmed) && !/^0+$/.test(trimmed)) return { spanId: trimmed.toLowerCase() };
  const [, name = '', value = ''] = /^@?([\p{L}_][\p{L}\p{N}_.-]*)=(\S.*)$/u.exec(trimmed) ?? [];
  return name === '' ? undefined : askedByName(name, value);
}

/** 16 bytes in hexadecimal, not all zero (W3C Trace Context, trace-id); a whole traceparent is taken for its trace id. */
export function readTraceId(text: string): string | undefined {
  const id = (/^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/i.exec(text)?.[1] ?? text).toLowerCase();
  return /^[0-9a-f]{32}$/.test(id) && !/^0+$/.test(id) ? id : undefined;
}

function askedByName(name: string, value: string): Asked {
  const field = fieldNamed(name);
  if (name === orderId || field === 'order') return { orderId: value };
  if (messageId.some((each) => each === name) || field === 'msgid') return { messageId: value };
  if (field === 'trace') return { traceId: value.toLowerCase() };
  if (field === 'span') return { spanId: value.toLowerCase() };
  if (field === undefined || name.includes('.')) return { attribute: name, value };
  return { query: `${field}:"${value.replace(/["\\]/g, '\\$&')}"` };
}
