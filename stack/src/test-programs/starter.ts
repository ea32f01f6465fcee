/**
 * A starter for tests of the end: `node starter.js <part>,<part>` starts these parts, prints one JSON line with the run's folder and the
 * addresses, and runs until it is asked to end. SIGUSR2 makes it crash.
 */
import { listenForEnd, type PartName, startStack } from '../index.js';

const ending = listenForEnd();
const parts = (process.argv[2] ?? '').split(',') as PartName[];
const envFile = process.argv[3];
process.on('SIGUSR2', () => {
  throw new Error('this crash is part of a test');
});

const stack = await startStack({ parts, signal: ending.signal, ...(envFile !== undefined && { envFile }) });
process.stdout.write(`${JSON.stringify({ folder: stack.run.folder, env: stack.env })}\n`);
await ending.reason;
await stack.stop();
