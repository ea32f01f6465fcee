import { textOf } from '../story/attributes.js';
import * as names from '../story/names.js';
import type { Attributes, RecordEntry, SpanEntry } from '../story/story.js';
import { eventFacts, isKnownEvent } from './events.js';
import type { Segment } from './paint.js';
import { visible } from './visible.js';

/** What a line says, and the trouble it tells of in full beneath it. */
export interface Facts {
  readonly segments: readonly Segment[];
  readonly trouble?: string;
}

/** A span's line, with what the records folded into it know better. */
export function spanFacts(span: SpanEntry, folded: readonly RecordEntry[]): Facts {
  const attributes: Attributes = Object.assign({}, ...folded.map((record) => record.attributes), span.attributes);
  const trouble = troubleOf(attributes) ?? (span.status === 'error' ? span.statusMessage : undefined);
  const notes: Segment[] = [];
  if (span.orphan) notes.push({ text: '  parent missing', style: 'warning' });
  if (span.otherOrder) notes.push({ text: '  of another order', style: 'warning' });
  return {
    segments: [...whatSpanDid(span, attributes), ...notes],
    ...(trouble !== undefined && span.status === 'error' && { trouble: visible(trouble) }),
  };
}

function whatSpanDid(span: SpanEntry, attributes: Attributes): Segment[] {
  const method = textOf(attributes, ...names.httpMethod);
  if (method !== undefined && (span.kind === 'server' || span.kind === 'client')) {
    return httpCall(span, method, attributes);
  }
  const sql = textOf(attributes, ...names.databaseText);
  if (sql !== undefined) return [{ text: statement(sql) }];
  const destination = textOf(attributes, ...names.messageDestination);
  if (destination !== undefined && (span.kind === 'producer' || span.kind === 'consumer')) {
    const id = textOf(attributes, ...names.messageId);
    return [
      { text: `${span.kind === 'producer' ? '→' : '←'} ${visible(destination)}`, style: 'strong' },
      ...(id === undefined ? [] : labelled('message', id)),
    ];
  }
  return [{ text: visible(span.name) }];
}

function httpCall(span: SpanEntry, method: string, attributes: Attributes): Segment[] {
  const path = textOf(attributes, ...names.httpPath) ?? '';
  const status = textOf(attributes, ...names.httpStatus);
  const failed = Number(status) >= 400;
  return [
    { text: `${span.kind === 'client' ? '→ ' : ''}${visible(method)} ${visible(path)}`, style: 'strong' },
    ...(status === undefined ? [] : [{ text: `  ${visible(status)}`, style: failed ? 'bad' : 'faint' } as const]),
  ];
}

/**
 * A record's line: its event and the fields that matter for it, or its message where it has no event.
 * @param all also the fields that the redaction wrote
 */
export function recordFacts(record: RecordEntry, all = false): Facts {
  const trouble = troubleOf(record.attributes);
  const level = record.severityNumber >= 13 ? record.severity : '';
  const levelled: Segment[] = level === '' ? [] : [{ text: `${visible(level)}  `, style: levelStyle(record) }];
  if (record.eventName === undefined) {
    return { segments: [...levelled, { text: visible(record.body) }], ...(trouble && { trouble: visible(trouble) }) };
  }
  return {
    segments: [
      ...levelled,
      { text: visible(record.eventName), style: 'event' },
      ...eventFacts(record.eventName, record.attributes, all).flatMap(({ label, value }) => labelled(label, value)),
      ...(addsToItsEvent(record, record.eventName)
        ? [{ text: `  ${visible(record.body)}`, style: 'faint' } as const]
        : []),
    ],
    ...(trouble !== undefined && { trouble: visible(trouble) }),
  };
}

export function levelStyle(record: RecordEntry): 'bad' | 'warning' {
  return record.severityNumber >= 17 ? 'bad' : 'warning';
}

/** The message of a known event says its fields again, and 'user created' says nothing that user.created does not say. */
function addsToItsEvent(record: RecordEntry, eventName: string): boolean {
  if (isKnownEvent(eventName)) return false;
  const words = (text: string) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const known = new Set(words(eventName));
  return words(record.body.slice(0, 500)).some((word) => word !== '' && !known.has(word));
}

/** What went wrong, in the words of the exception: `ModelError: the mesh is open`. */
export function troubleOf(attributes: Attributes): string | undefined {
  const type = textOf(attributes, 'exception.type', 'error.type');
  const message = textOf(attributes, 'exception.message', 'error.message');
  if (message === undefined) return undefined;
  return type === undefined || message.startsWith(type) ? message : `${type}: ${message}`;
}

function labelled(label: string, value: string): Segment[] {
  const gap = label === '' ? '  ' : `  ${visible(label)} `;
  return [{ text: gap, style: 'faint' }, { text: visible(value) }];
}

/** A statement on one line. Which rows it was about matters more here than its columns: a long list of them is left out. */
function statement(sql: string): string {
  const line = sql.slice(0, 4_000).trim().replace(/\s+/g, ' ');
  const short = line
    .replace(/^(SELECT) .{24,}? (FROM) /i, '$1 … $2 ')
    .replace(/^(INSERT INTO \S+) \([^)]*\) VALUES \([^)]*\)/i, '$1 (…)');
  return visible(short);
}
