/** Where a document of a `_bulk` body stands: its action line, its source line, and what comes after. Unit: bytes. */
interface Place {
  readonly begin: number;
  readonly sourceBegin: number;
  readonly end: number;
}

/** One document of a `_bulk` request: its action line's content and its source line. */
export interface BulkDocument {
  readonly index: string;
  readonly id: string | undefined;
  readonly source: string;
}

const newline = 0x0a;
/** The line of a document's action. Unit: bytes. */
const longestAction = 2_048;

/** The documents of a `_bulk` body; every action is followed by a source, as the collector sends nothing but `create` and `index`. */
function* placesOf(body: Buffer): Generator<Place> {
  for (let at = 0; at < body.length; ) {
    const begin = lineBegin(body, at);
    const sourceBegin = lineBegin(body, lineEnd(body, begin));
    if (sourceBegin >= body.length) return;
    at = lineEnd(body, sourceBegin);
    yield { begin, sourceBegin, end: at };
  }
}

function lineBegin(body: Buffer, from: number): number {
  let at = from;
  while (body[at] === newline) at++;
  return at;
}

/** Behind the line's end. */
function lineEnd(body: Buffer, from: number): number {
  const at = body.indexOf(newline, from);
  return at < 0 ? body.length : at + 1;
}

/** The body in parts of at most this many bytes, each a body of its own; a document that alone is larger is one part. No copies. */
export function partsOf(body: Buffer, mostBytes: number): Buffer[] {
  const parts: Buffer[] = [];
  let begin = 0;
  let end = 0;
  for (const place of placesOf(body)) {
    if (place.end - begin > mostBytes && end > begin) {
      parts.push(body.subarray(begin, end));
      begin = end;
    }
    end = place.end;
  }
  parts.push(body.subarray(begin));
  return parts;
}

export function countDocuments(body: Buffer): number {
  let documents = 0;
  for (const _ of placesOf(body)) documents++;
  return documents;
}

/** Those documents of a `_bulk` body that stand at these places, counted from 0. The others are not read: a body may have many MB. */
export function documentsAt(body: Buffer, wanted: ReadonlySet<number>): ReadonlyMap<number, BulkDocument> {
  const documents = new Map<number, BulkDocument>();
  let at = 0;
  for (const place of placesOf(body)) {
    if (wanted.has(at)) documents.set(at, documentIn(body, place));
    at++;
  }
  return documents;
}

function documentIn(body: Buffer, { begin, sourceBegin, end }: Place): BulkDocument {
  const text = (from: number, to: number) => body.toString('utf8', from, to).trimEnd();
  const action = JSON.parse(text(begin, sourceBegin)) as Record<string, { _index?: string; _id?: string }>;
  const [content] = Object.values(action);
  return { index: content?._index ?? '', id: content?._id, source: text(sourceBegin, end) };
}

/** Stream and id of the first document of a `_bulk` body; empty where it names none. */
export function firstDocument(body: Buffer): { readonly index: string; readonly id: string } {
  const line = body.toString('utf8', 0, Math.min(Math.max(0, body.indexOf('\n')), longestAction));
  const named = (key: string) => new RegExp(`"${key}":"([^"]*)"`).exec(line)?.[1] ?? '';
  return { index: named('_index'), id: named('_id') };
}

const maskedKey = Buffer.from('"redaction.masked.count"');

/** How many documents of a `_bulk` body, one a line, had something masked in them. */
export function maskedIn(body: Buffer): number {
  let documents = 0;
  for (let at = body.indexOf(maskedKey); at >= 0; documents++) {
    const end = body.indexOf('\n', at);
    at = end < 0 ? -1 : body.indexOf(maskedKey, end);
  }
  return documents;
}
