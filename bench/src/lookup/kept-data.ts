import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cached, elasticsearchVersion, type Stack, startStack } from '@hallmark/stack';
import { load } from './load.js';
import { orderDocuments, recordsPerOrder, type Stored, spansPerOrder } from './records.js';

const run = promisify(execFile);

/** All documents end here, so that the same seed gives the same data on any day. 2026-11-01. */
export const endMs = Date.UTC(2026, 10, 1);

export interface Size {
  readonly seed: number;
  readonly orders: number;
}

export interface Context {
  readonly heap: string;
  readonly say: (line: string) => void;
}

/** The folder with Elasticsearch's data of that size, made once and kept in the cache. */
export function keptData({ seed, orders }: Size, context: Context): Promise<string> {
  const options = { env: process.env, onProgress: context.say };
  return cached(`lookup-bench-${elasticsearchVersion}-${seed}-${orders}`, options, async (path) => {
    const stack = await start(context, ['elasticsearch']);
    try {
      const total = orders * (recordsPerOrder + spansPerOrder);
      await load(stack.env.ELASTICSEARCH_URL ?? '', documentsOf(seed, orders), total, context.say);
      await stack.parts.elasticsearch.stop();
      await copy(dataFolder(stack), path);
    } finally {
      await stack.stop();
    }
  });
}

/** Elasticsearch with that data, and a collector. */
export async function startWith(data: string, context: Context): Promise<Stack> {
  const stack = await start(context, ['elasticsearch', 'collector']);
  try {
    await stack.parts.elasticsearch.stop();
    await rm(dataFolder(stack), { recursive: true });
    await copy(data, dataFolder(stack));
    await stack.parts.elasticsearch.start();
    return stack;
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

function start({ heap, say }: Context, parts: readonly ('elasticsearch' | 'collector')[]): Promise<Stack> {
  return startStack({ parts, env: { ...process.env, HALLMARK_ELASTICSEARCH_HEAP: heap }, onProgress: say });
}

function* documentsOf(seed: number, orders: number): Generator<Stored> {
  for (let index = 0; index < orders; index += 1) yield* orderDocuments(seed, index, orders, endMs);
}

function dataFolder(stack: Stack): string {
  return join(stack.run.folder, 'elasticsearch', 'data');
}

/** With owners and modes: the server runs as a user of its own when the bench is root. */
async function copy(from: string, to: string): Promise<void> {
  await run('cp', ['-a', '--reflink=auto', from, to]);
}
