import { randomBytes } from 'node:crypto';

/** Records of the relay's own by which it sees how far the collector's queue has come. */
export interface Probes {
  /** The uid of one that is sent now, on which its document's id is built. */
  uidAt(now: number): string;
  /** Looks for them in a body of `_bulk` of which Elasticsearch has taken every document. */
  stored(body: Buffer): void;
  /** The queue was seen empty. */
  emptyAt(now: number): void;
  /** What came before this moment has left the queue. Unit: milliseconds since 1970. */
  readonly clearedAt: number;
}

const radix = 36;

/**
 * The queue is first in, first out: when a record that was sent at some moment comes by on its way to Elasticsearch, all that came
 * before has left. The queue's size can't tell how long something waits: where records come all the time it is never zero,
 * however fast they are stored.
 */
export function startProbes(now: number): Probes {
  // Of this relay alone: nobody else can send one. Letters and digits in turn look like no number that would be masked.
  const prefix = `status-${randomBytes(8).toString('hex')}-`;
  const idBegins = Buffer.from(`"_id":"${prefix}`);
  let clearedAt = now;
  const cleared = (at: number) => {
    clearedAt = Math.max(clearedAt, at);
  };
  return {
    uidAt: (at) => `${prefix}${at.toString(radix)}`,
    stored(body) {
      for (let at = body.indexOf(idBegins); at >= 0; at = body.indexOf(idBegins, at + 1)) {
        const begin = at + idBegins.length;
        const sentAt = Number.parseInt(body.toString('latin1', begin, begin + 16), radix);
        if (Number.isSafeInteger(sentAt)) cleared(sentAt);
      }
    },
    emptyAt: cleared,
    get clearedAt() {
      return clearedAt;
    },
  };
}
