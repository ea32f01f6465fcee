import type { z } from 'zod';
import { PermanentFailure } from './work-queue.js';

/** The message's content as the schema wants it. Throws a PermanentFailure that says what is wrong. */
export function readMessage<T extends z.ZodType>(schema: T, content: Buffer): z.infer<T> {
  let body: unknown;
  try {
    body = JSON.parse(content.toString('utf8'));
  } catch (error) {
    throw new PermanentFailure('the message is no JSON', error);
  }
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new PermanentFailure(`the message is wrong at ${issue?.path.join('.') || 'its root'}: ${issue?.message}`);
}
