import { type Run, type Stack, startStack } from '@hallmark/stack';

export const partsStartMs = 120_000;

/** Where PostgreSQL and RabbitMQ are. */
export interface Parts {
  readonly databaseUrl: string;
  readonly brokerUrl: string;
  /** Whatever else is started ends with them. */
  readonly run: Run;
}

let started: Promise<Stack> | undefined;

/** The servers that the services under test talk to, shared by these tests; the first who asks starts them. */
export async function theParts(): Promise<Parts> {
  started ??= startStack({ parts: ['postgresql', 'rabbitmq'] });
  const { env, run } = await started;
  return { databaseUrl: String(env.DATABASE_URL), brokerUrl: String(env.AMQP_URL), run };
}

// A hook of mocha's root: runs once, after the last test of all files.
after(async function endParts() {
  this.timeout(partsStartMs);
  await (await started)?.stop();
});
