/** What stands in the attribute of that name: the collector makes it the document's id. */
export const recordUidAttribute = 'log.record.uid';

const COUNTER_DIGITS = 12;

/** Drawn with the first record of a process: 74 random bits, as the id of a trace is drawn by the SDK (no key is made of it). */
let prefix: string | undefined;
let written = 0;

/**
 * A record's own id, the same however often its request is sent: a repeat whose first answer was lost is stored once. UUID of version 8
 * (RFC 9562, section 5.8): random digits of the process, then a count of its records, so that it costs no random number a record and
 * neighbours share a prefix in the index.
 */
export function nextRecordUid(): string {
  prefix ??= `${digits(8)}-${digits(4)}-8${digits(3)}-${(8 + Math.floor(Math.random() * 4)).toString(16)}${digits(3)}-`;
  return prefix + (written++).toString(16).padStart(COUNTER_DIGITS, '0');
}

/** Random hexadecimal digits, eight at most. */
function digits(count: number): string {
  return Math.floor(Math.random() * 16 ** count)
    .toString(16)
    .padStart(count, '0');
}
