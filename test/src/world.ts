import { type Company, startCompany } from '@hallmark/company';
import { connect } from '@hallmark/lookup';
import { type Stack, startStack } from '@hallmark/stack';
import { type Store, storeAt } from './store.js';

/** The real parts and the company that works on them, shared by the end-to-end tests of one run. */
export interface World {
  readonly stack: Stack;
  readonly company: Company;
  /** Reads with the Support_Logs account, as everybody who looks something up does. */
  readonly store: Store;
  /** The client that the look-up's core asks through. */
  readonly client: ReturnType<typeof connect>;
}

export const worldStartMs = 180_000;

let started: Promise<World> | undefined;

/** The world of this run; the first who asks starts it. */
export function theWorld(): Promise<World> {
  started ??= startWorld();
  return started;
}

/** Ends the world, if anybody asked for it. */
export async function endWorld(): Promise<void> {
  const world = await started;
  await world?.company.stop();
  await world?.stack.stop();
}

async function startWorld(): Promise<World> {
  const stack = await startStack();
  try {
    const company = await startCompany({ run: stack.run, addresses: stack.env });
    const lookupUrl = stack.env.LOOKUP_ELASTICSEARCH_URL ?? '';
    return { stack, company, store: storeAt(lookupUrl), client: connect(lookupUrl) };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}
