import type { Attributes, Span } from '@opentelemetry/api';

/**
 * Puts texts and numbers of our own on a span. The SDK looks at each value for what it must not be, a cycle for instance, with a
 * WeakSet each, twice over: a sixth of all that a request allocates. Where limits are set it must count, and so does it there.
 */
export function putAttributes(span: Span, attributes: Attributes, hasLimits: boolean): void {
  const { attributes: own } = span as Partial<{ attributes: Attributes }>;
  if (own && !hasLimits) Object.assign(own, attributes);
  else span.setAttributes(attributes);
}
