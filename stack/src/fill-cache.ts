import { findChromium } from './chromium/installation.js';
import { collectorBinary } from './collector/build.js';
import { elasticsearchDistribution } from './elasticsearch/distribution.js';
import { findRabbitmq } from './rabbitmq/installation.js';
import { openRun } from './run/run.js';
import { s3Binary } from './s3/build.js';
import type { StackOptions } from './start-stack.js';

export interface CacheFilling extends Pick<StackOptions, 'onProgress' | 'env' | 'signal'> {
  /** Also the browser that pages are tested in; no stack needs it. */
  readonly browser?: boolean;
}

/**
 * Fetches and builds what a stack needs and the cache doesn't hold yet, without starting anything: minutes the first time, an instant
 * from then on. `startStack` does the same by itself. Throws a `StackError` like it.
 */
export async function fillCache(options: CacheFilling = {}): Promise<void> {
  const env = options.env ?? process.env;
  const onProgress = options.onProgress ?? (() => undefined);
  options.signal?.throwIfAborted();
  const run = await openRun(env);
  const onAbort = () => void run.close().catch(() => undefined);
  options.signal?.addEventListener('abort', onAbort, { once: true });
  const steps = [
    elasticsearchDistribution({ env, onProgress, signal: run.signal }),
    collectorBinary({ run, env, onProgress }),
    s3Binary({ run, env, onProgress }),
    ...(options.browser ? [findChromium({ run, env, onProgress })] : []),
    ...(env.AMQP_URL ? [] : [findRabbitmq({ run, env, onProgress })]),
  ].map((step) => run.settle<unknown>(step));
  try {
    await Promise.all(steps);
  } catch (error) {
    await run.close();
    options.signal?.throwIfAborted();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', onAbort);
    await run.close();
  }
}
