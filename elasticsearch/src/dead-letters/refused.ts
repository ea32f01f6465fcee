import { type BulkDocument, documentsAt } from './documents.js';

/** One item of the answer to `_bulk`, as far as it is looked at here. */
export interface BulkItem {
  readonly _index?: string;
  readonly _id?: string;
  readonly status: number;
  readonly error?: {
    readonly type?: string;
    readonly reason?: string;
    readonly caused_by?: { readonly reason?: string };
  };
}

export interface BulkAnswer {
  readonly errors?: boolean;
  readonly items: readonly Readonly<Record<string, BulkItem>>[];
}

/** A document that Elasticsearch will refuse however often it is sent. */
export interface Refused {
  /** Its place in the request and in the answer. */
  readonly at: number;
  readonly document: BulkDocument;
  readonly item: BulkItem;
}

/**
 * What passes by itself or by somebody's hand: a password or role that is being changed, a template that is not there yet, too
 * much work, and a document that is there already. The same list stands in otel-collector.yaml, which repeats them.
 */
const passing: ReadonlySet<number> = new Set([401, 403, 404, 408, 409, 429]);

const conflict = 409;

/** Whether repeating a document that got this status can't help. A write block (403) and a full disk (429) end some day. */
export function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && !passing.has(status);
}

/** Whether this document is in the store now: 409 says that it was there already. */
export function isStored({ status }: BulkItem): boolean {
  return status < 300 || status === conflict;
}

/** Whether every document of an answer is stored. The collector asks for no summary of it. */
export function isWhole({ status, body }: { readonly status: number; readonly body: Buffer }): boolean {
  return status === 200 && !body.includes('"error"');
}

/** The documents of this answer to a `_bulk` body that are refused for good. */
export function refusedOf(answer: BulkAnswer, body: Buffer): Refused[] {
  const items = new Map<number, BulkItem>();
  for (const [at, entry] of answer.items.entries()) {
    const [item] = Object.values(entry);
    if (item && isFinal(item.status)) items.set(at, item);
  }
  if (items.size === 0) return [];
  const documents = documentsAt(body, new Set(items.keys()));
  return [...items].flatMap(([at, item]) => {
    const document = documents.get(at);
    return document ? [{ at, document, item }] : [];
  });
}
