import type { RecordDocument, SpanDocument, StoredDocument } from '../store/documents.js';
import { orderId } from './names.js';
import type { AttributeValue } from './story.js';

export interface Owned {
  readonly spans: readonly SpanDocument[];
  readonly records: readonly RecordDocument[];
  /** Spans of another order that stay because something of this order hangs beneath them. */
  readonly bridges: ReadonlySet<SpanDocument>;
  /** How many spans and records of other orders were left out, and of how many orders. */
  readonly leftOut: number;
  readonly otherOrders: number;
}

/**
 * What of a trace belongs to one order. A trace can be shared: a list of orders, a batch. A span or record belongs to
 * the order it names; one that names none belongs to the order of the nearest span above it that does, and to everybody
 * when there is no such span. What belongs to another order is left out, unless something of this order hangs beneath it:
 * without that span the story would have a hole where there is none.
 */
export function ownPart(documents: readonly StoredDocument[], wanted: string): Owned {
  const allSpans = documents.filter((document) => document.type === 'span');
  const byId = new Map(allSpans.map((span) => [span.spanId, span]));
  const ownerOf = nearestOwner(byId, wanted);
  const isOurs = (document: StoredDocument) => (ownerOf(document) ?? wanted) === wanted;

  const needed = new Set<SpanDocument>();
  for (const document of documents.filter((each) => ownerOf(each) === wanted)) {
    for (let above = spanAbove(document, byId); above && !needed.has(above); above = spanAbove(above, byId)) {
      needed.add(above);
    }
  }
  const others = documents.filter((document) => !isOurs(document));
  const leftOut = others.filter((document) => document.type === 'record' || !needed.has(document));
  const gone = new Set(leftOut);
  const kept = documents.filter((document) => !gone.has(document));
  return {
    spans: kept.filter((document) => document.type === 'span'),
    records: kept.filter((document) => document.type === 'record'),
    bridges: new Set(allSpans.filter((span) => needed.has(span) && !isOurs(span))),
    leftOut: leftOut.length,
    otherOrders: new Set(leftOut.map(ownerOf)).size,
  };
}

function nearestOwner(byId: ReadonlyMap<string, SpanDocument>, wanted: string) {
  const known = new Map<StoredDocument, string | undefined>();
  return (document: StoredDocument): string | undefined => {
    const climbed: StoredDocument[] = [];
    let owner: string | undefined;
    for (let each: StoredDocument | undefined = document; each; each = spanAbove(each, byId)) {
      owner = known.get(each) ?? namedOrder(each.attributes[orderId], wanted);
      if (owner !== undefined || known.has(each)) break;
      // Remembered at once, so that parents in a circle end the climb.
      known.set(each, undefined);
      climbed.push(each);
    }
    for (const each of climbed) known.set(each, owner);
    return owner;
  };
}

/** The order that an attribute names; a list of orders with ours among them is ours. */
function namedOrder(value: AttributeValue | undefined, wanted: string): string | undefined {
  const named = Array.isArray(value) ? value : [value];
  if (named.includes(wanted)) return wanted;
  const first = named.find((each) => each !== undefined && each !== null && each !== '');
  return first === undefined ? undefined : String(first);
}

function spanAbove(document: StoredDocument, byId: ReadonlyMap<string, SpanDocument>): SpanDocument | undefined {
  const id = document.type === 'span' ? document.parentSpanId : document.spanId;
  return id === undefined ? undefined : byId.get(id);
}
