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

/** One document of a `_bulk` request: its action line's content and its source line. */
export interface BulkDocument {
  readonly index: string;
  readonly id: string | undefined;
  readonly source: string;
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

/** Whether repeating a document that got this status can't help. A write block (403) and a full disk (429) end some day. */
export function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && !passing.has(status);
}

/** The documents of a `_bulk` body; every action is followed by a source, as the collector sends nothing but `create` and `index`. */
export function documentsOf(body: string): BulkDocument[] {
  const lines = body.split('\n').filter((line) => line !== '');
  const documents: BulkDocument[] = [];
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const action = JSON.parse(lines[at] ?? '{}') as Record<string, { _index?: string; _id?: string }>;
    const [content] = Object.values(action);
    documents.push({ index: content?._index ?? '', id: content?._id, source: lines[at + 1] ?? '' });
  }
  return documents;
}

/** The documents of this answer that are refused for good. */
export function refusedOf(answer: BulkAnswer, documents: readonly BulkDocument[]): Refused[] {
  return answer.items.flatMap((entry, at) => {
    const [item] = Object.values(entry);
    const document = documents[at];
    return item && document && isFinal(item.status) ? [{ at, document, item }] : [];
  });
}
