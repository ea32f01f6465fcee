/**
 * Starts and ends the real parts (Elasticsearch, the collector, PostgreSQL, RabbitMQ) without Docker, and other processes
 * beside them. Whatever happens to the process that started them, also kill -9, they end with it.
 *
 *     const ending = listenForEnd();
 *     const stack = await startStack({ onProgress: (line) => console.error(line), signal: ending.signal });
 *     const shop = await stack.run.spawn({
 *       name: 'shop-api',
 *       command: process.execPath,
 *       args: ['--require', 'instrumentation', 'dist/main.js'],
 *       env: { ...process.env, ...stack.env, PORT: String(await freePort()) },
 *       onLine: (line) => console.error(line),
 *       ready: async () => (await fetch(healthUrl)).ok,
 *     });
 *     await ending.reason;
 *     await stack.stop(); // the spawned processes first, the last started first of all
 *
 * A test that breaks things: `stack.parts.elasticsearch.stop()` and `.start()` (same port, same data), `.kill('SIGKILL')`.
 * Processes without a stack: `const run = await openRun(); await run.spawn(…); await run.close();`
 */
export { type CacheOptions, cached } from './cache/cached.js';
export { type Chromium, findChromium } from './chromium/installation.js';
export { builtCollector, collectorVersion } from './collector/build.js';
export { type CollectorEnvironment, goRuntime } from './collector/start.js';
export { elasticsearchVersion } from './elasticsearch/distribution.js';
export { type Ending, listenForEnd } from './ending.js';
export { StackError } from './failure.js';
export { fillCache } from './fill-cache.js';
export { serveLookupPage } from './lookup-page.js';
export { type Part, type PartName, partNames } from './part.js';
export { freePort } from './ports.js';
export { type OnProgress, withTicks } from './progress.js';
export { openRun, type Run } from './run/run.js';
export type { ProcessEnd, ProcessSpec, SupervisedProcess } from './run/supervised.js';
export { environmentLines, type Stack, type StackOptions, startStack } from './start-stack.js';
export { waitUntil } from './wait.js';
