import { createHash, timingSafeEqual } from 'node:crypto';
import { Refusal } from '@hallmark/foundation';
import type { Form } from './layout.js';

/** Throws a Refusal with status 403 where a form does not come from a page of this session. */
export function requireCsrf({ csrf }: Form, sent: unknown): void {
  const [expected, actual] = [hashOf(csrf), hashOf(typeof sent === 'string' ? sent : '')];
  if (!timingSafeEqual(expected, actual))
    throw new Refusal(403, 'this form is too old; go back, reload the page and send it again');
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
