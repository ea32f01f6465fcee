import type { Answer } from '../dead-letters/bulk.js';
import { documentsAt, firstDocument } from '../dead-letters/documents.js';
import { type BulkAnswer, type BulkItem, isFinal } from '../dead-letters/refused.js';

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
  /** Those that last, the longest of each stream and reason; the longest first. */
  lasting(now: number): readonly Refusal[];
}

/** The collector repeats within its longest pause and its time-out, 5 and 30 s. What wasn't repeated since is over. Unit: milliseconds. */
const overAfterMs = 60_000;
const most = 3;
const conflict = 409;

interface Seen {
  readonly stream: string;
  readonly since: number;
  readonly last: number;
  readonly status: number;
  readonly reason: string;
}

/** Follows by its first document what is sent again and again: the collector repeats what was refused in the same order. */
export function followRefusals(): Refusals {
  const seen = new Map<string, Seen>();
  return {
    answered(body, answer, now) {
      const first = firstDocument(body);
      const refused = refusalIn(body, answer);
      if (refused?.id !== first.id) seen.delete(first.id);
      if (refused) seen.set(refused.id, { ...refused, since: seen.get(refused.id)?.since ?? now, last: now });
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

/** Whether every document of the answer is stored. The collector asks for no summary of it. */
export function isWhole({ status, body }: Answer): boolean {
  return status === 200 && !body.includes('"error"');
}

function isRepeated({ status }: BulkItem): boolean {
  return status >= 400 && status !== conflict && !isFinal(status);
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
