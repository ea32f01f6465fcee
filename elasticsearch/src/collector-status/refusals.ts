import type { Answer } from '../dead-letters/bulk.js';
import { documentsAt, firstDocument } from '../dead-letters/documents.js';
import { type BulkAnswer, type BulkItem, isFinal, isStored, isWhole } from '../dead-letters/refused.js';

/** Something that the collector repeats because Elasticsearch does not take it. */
export interface Refusal {
  readonly stream: string;
  /** Of the whole answer, or of the first document that was refused in it. */
  readonly status: number;
  readonly reason: string;
  /** For how long it has been repeated. Unit: seconds. */
  readonly seconds: number;
}

export interface Refusals {
  /** @param body of `_bulk`, unpacked, and what the collector is answered */
  answered(body: Buffer, answer: Answer, now: number): void;
  /** The queue was seen empty: what was refused before has been stored. */
  emptyAt(now: number): void;
  /** Those that last, the longest of each stream and reason; the longest first. */
  lasting(now: number): readonly Refusal[];
}

/** The collector repeats within its longest pause and its time-out, 5 and 30 s. What wasn't repeated since is over. Unit: milliseconds. */
const overAfterMs = 60_000;
const most = 3;
/** Of more than these the rest is forgotten when nobody repeats it: each is looked for in every request. */
const mostLookedFor = 50;

interface Seen {
  readonly stream: string;
  readonly since: number;
  readonly last: number;
  readonly status: number;
  readonly reason: string;
}

/** Follows by its first document what is sent again and again; it is over once that document is stored, wherever it comes. */
export function followRefusals(): Refusals {
  const seen = new Map<string, Seen>();
  return {
    answered(body, answer, now) {
      const refused = refusalIn(body, answer);
      for (const id of storedOf([...seen.keys()].slice(0, mostLookedFor), body, answer)) seen.delete(id);
      const first = firstDocument(body);
      if (refused?.id !== first.id) seen.delete(first.id);
      if (refused) seen.set(refused.id, { ...refused, since: seen.get(refused.id)?.since ?? now, last: now });
    },
    emptyAt(now) {
      for (const [id, { last }] of seen) if (last < now) seen.delete(id);
    },
    lasting(now) {
      for (const [id, { last }] of seen) if (now - last > overAfterMs) seen.delete(id);
      const longest = new Map<string, Refusal>();
      for (const { stream, status, reason, since } of [...seen.values()].sort((one, other) => other.since - one.since))
        longest.set(`${stream} ${status} ${reason}`, {
          stream,
          status,
          reason,
          seconds: Math.round((now - since) / 1_000),
        });
      return [...longest.values()].sort((one, other) => other.seconds - one.seconds).slice(0, most);
    },
  };
}

/** Those of these documents that are stored by this answer, or kept as dead letters. */
function storedOf(ids: readonly string[], body: Buffer, answer: Answer): readonly string[] {
  if (answer.status !== 200) return [];
  const inside = ids.filter((id) => id !== '' && body.includes(`"_id":"${id}"`));
  if (inside.length === 0 || isWhole(answer)) return inside;
  const items = (parsed(answer.body)?.items ?? []).map((entry) => Object.values(entry)[0]);
  const places = items.flatMap((item, at) => (item !== undefined && isRepeated(item) ? [at] : []));
  const repeated = new Set([...documentsAt(body, new Set(places)).values()].map(({ id }) => id));
  return inside.filter((id) => !repeated.has(id));
}

type Refused = Pick<Seen, 'stream' | 'status' | 'reason'> & { readonly id: string };

function refusalIn(body: Buffer, answer: Answer): Refused | undefined {
  if (isWhole(answer)) return undefined;
  const said = parsed(answer.body);
  if (answer.status !== 200) {
    const { index, id } = firstDocument(body);
    return { id, stream: index, status: answer.status, reason: reasonOf(said?.error) };
  }
  const items = (said?.items ?? []).map((entry) => Object.values(entry)[0]);
  const at = items.findIndex((item) => item !== undefined && isRepeated(item));
  const item = items[at];
  if (item === undefined) return undefined;
  // The collector asks for no ids in the answer; they stand in the request, in the same order.
  const document = documentsAt(body, new Set([at])).get(at);
  return {
    id: document?.id ?? '',
    stream: document?.index ?? '',
    status: item.status,
    reason: reasonOf(item.error),
  };
}

function isRepeated(item: BulkItem): boolean {
  return !isStored(item) && !isFinal(item.status);
}

/** The type only: what is said of a document may repeat its values. What the relay says itself is a text. */
function reasonOf(error: unknown): string {
  if (typeof error === 'string') return error.slice(0, 200);
  return String((error as { type?: string } | undefined)?.type ?? 'without a reason');
}

function parsed(body: Buffer): (Partial<BulkAnswer> & { readonly error?: unknown }) | undefined {
  try {
    return JSON.parse(body.toString()) as Partial<BulkAnswer>;
  } catch {
    return undefined;
  }
}
