import type { Attributes, AttributeValue, Cut } from '../story/story.js';
import type { StoredDocument } from './documents.js';
import type { Room } from './room.js';

/** A document without what is too long to be kept whole, which it names with its length. */
export function shortened<D extends StoredDocument>(document: D, id: string, room: Room): D {
  const lengths: Record<string, number> = {};
  const shorten = (name: string, text: string) => {
    const kept = room.text(text);
    if (kept.length < text.length) lengths[name] = text.length;
    return kept;
  };
  const attributes = shortenedValues(document.attributes, shorten);
  const changed =
    document.type === 'record'
      ? { ...document, attributes, body: shorten('body', document.body) }
      : {
          ...document,
          attributes,
          name: shorten('name', document.name),
          ...(document.statusMessage !== undefined && {
            statusMessage: shorten('status.message', document.statusMessage),
          }),
        };
  const cut: Cut = { at: room.limits.maxText, lengths, id };
  return Object.keys(lengths).length === 0 ? { ...changed } : { ...changed, cut };
}

/** A list that is too long becomes a text, its beginning as JSON. */
function shortenedValues(attributes: Attributes, shorten: (name: string, text: string) => string): Attributes {
  const kept: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'string') kept[name] = shorten(name, value);
    else if (typeof value !== 'object' || value === null) kept[name] = value;
    else {
      const text = JSON.stringify(value);
      const beginning = shorten(name, text);
      kept[name] = beginning.length < text.length ? beginning : value;
    }
  }
  return kept;
}
