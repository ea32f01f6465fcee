import type { Asked } from '../story/story.js';

/** A story as the address names it: `order:ORD-…`, `trace:…`, `span:…`, `message:…`, `attribute:customer.id=c-104`, `query:…`. */
export function storyName(asked: Asked): string {
  if ('orderId' in asked) return `order:${asked.orderId}`;
  if ('traceId' in asked) return `trace:${asked.traceId}`;
  if ('spanId' in asked) return `span:${asked.spanId}`;
  if ('messageId' in asked) return `message:${asked.messageId}`;
  if ('query' in asked) return `query:${asked.query}`;
  return `attribute:${asked.attribute}=${asked.value}`;
}

/** Undefined for what names no story. */
export function readStoryName(name: string): Asked | undefined {
  const [, kind, value] = /^(\w+):(.+)$/s.exec(name) ?? [];
  if (value === undefined) return undefined;
  switch (kind) {
    case 'order':
      return { orderId: value };
    case 'trace':
      return { traceId: value };
    case 'span':
      return { spanId: value };
    case 'message':
      return { messageId: value };
    case 'query':
      return { query: value };
    case 'attribute': {
      const [, attribute, text] = /^([^=]+)=(.+)$/s.exec(value) ?? [];
      return attribute !== undefined && text !== undefined ? { attribute, value: text } : undefined;
    }
    default:
      return undefined;
  }
}
