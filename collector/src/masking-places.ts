import assert from 'node:assert/strict';
import { newTraceId, type Sender, sendLogs, sendSpans } from './otlp.js';

export const shop: Sender = { resource: { 'service.name': 'shop-api' } };

/** Puts a text into one place of a log record, a span, a scope or a resource, sends it, and returns how many documents it makes. */
export type Place = (otlp: string, traceId: string, text: string) => Promise<number>;

export const inLog =
  (record: (text: string) => object, sender: (text: string) => Sender = () => shop): Place =>
  async (otlp, traceId, text) => {
    assert.equal(await sendLogs(otlp, sender(text), [{ traceId, body: 'x', ...record(text) }]), 200);
    return 1;
  };
export const inSpan =
  (span: (text: string) => object): Place =>
  async (otlp, traceId, text) => {
    assert.equal(await sendSpans(otlp, shop, [{ traceId, name: 'x', ...span(text) }]), 200);
    return 'events' in span(text) ? 2 : 1;
  };

export const places: Record<string, Place> = {
  'the body': inLog((body) => ({ body })),
  'a map in the body': inLog((text) => ({ body: { a: { b: text } } })),
  'a list in the body': inLog((text) => ({ body: ['a', text] })),
  'an attribute': inLog((text) => ({ attributes: { note: text } })),
  'a list': inLog((text) => ({ attributes: { notes: ['a', text] } })),
  'a nested map': inLog((text) => ({ attributes: { a: { b: { c: text } } } })),
  'a map in a list': inLog((text) => ({ attributes: { a: [{ b: text }, 1] } })),
  'a nested map of 20 KiB': inLog((text) => ({ attributes: { a: { b: text, c: 'lorem '.repeat(3500) } } })),
  'a map beside what is no number': inLog((text) => ({ attributes: { a: { b: text, c: Number.NaN } } })),
  'a list beside what is no number': inLog((text) => ({
    attributes: { a: [text, Number.NaN] },
    body: [text, Number.NaN],
  })),
  'JSON in a string': inLog((text) => ({ attributes: { payload: JSON.stringify({ note: text }) } })),
  'the key of an attribute': inLog((text) => ({ attributes: { [text]: 1 } })),
  'an attribute that stands twice, before an ordinary one': inLog((text) => ({
    attributes: [
      ['note', text],
      ['note', 'x'],
    ],
  })),
  'an attribute that stands twice, behind an ordinary one': inLog((text) => ({
    attributes: [
      ['order.status', 'created'],
      ['order.status', text],
    ],
  })),
  'a key that stands twice in the resource': inLog(
    () => ({}),
    (text) => ({
      resource: [
        ['service.name', 'shop-api'],
        ['note', text],
        ['note', 'x'],
      ],
    }),
  ),
  'the event name': inLog((eventName) => ({ eventName })),
  'the severity text': inLog((severityText) => ({ severityText })),
  'an exception': inLog((text) => ({
    attributes: { 'exception.message': text, 'exception.stacktrace': `E: ${text}\n  at x` },
  })),
  'the resource': inLog(
    () => ({}),
    (note) => ({ resource: { ...shop.resource, note } }),
  ),
  'a nested map in the resource': inLog(
    () => ({}),
    (b) => ({ resource: { 'service.name': 'shop-api', a: { b } } }),
  ),
  'the scope': inLog(
    () => ({}),
    (note) => ({ ...shop, scope: { attributes: { note } } }),
  ),
  "the scope's name and version": inLog(
    () => ({}),
    (text) => ({ ...shop, scope: { name: text, version: text } }),
  ),
  'the name of a span': inSpan((name) => ({ name })),
  'the status of a span': inSpan((statusMessage) => ({ statusMessage })),
  'an attribute of a span': inSpan((text) => ({ attributes: { note: text } })),
  'the name of a span event': inSpan((name) => ({ events: [{ name }] })),
  'an attribute of a span event': inSpan((text) => ({ events: [{ name: 'x', attributes: { a: { b: text } } }] })),
  'the trace state': inSpan((text) => ({ traceState: `a=${text}` })),
  'an attribute of a link': inSpan((text) => ({
    links: [{ traceId: newTraceId(), spanId: '00f067aa0ba902b7', attributes: { note: text } }],
  })),
};
