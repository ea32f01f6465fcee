import type { z } from 'zod';

/** Input or a wish that is refused: answered with a 4xx status and this one message, which the caller may see. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
  }
}

/** The input as the schema wants it. Throws a Refusal with status 400 that names the first field that is wrong. */
export function readInput<T extends z.ZodType>(schema: T, input: unknown): z.infer<T> {
  const result = schema.safeParse(input ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') || 'the request';
  throw new Refusal(400, `${field}: ${issue?.message ?? 'is not valid'}`);
}
