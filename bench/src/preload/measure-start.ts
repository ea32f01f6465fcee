import { join } from 'node:path';
import type { Figures } from './samples.js';
import { services } from './variants.js';
import { type Target, WatchedProcess } from './watched-process.js';

/** `node -e 0`, with a mark at its beginning and a pause in which its memory is read. */
const smallestProgram = "fs.writeSync(1, '.'); fs.readSync(0, Buffer.alloc(1))";
/** Longest life of the smallest program that is waited for. Longer ones count as this. */
const longestLifeMs = 15_000;

/** The smallest program: when its first line runs, the peak of its memory by then, and its whole life (the collector answers). */
export async function measureSmallProgram(target: Target): Promise<Figures> {
  const program = new WatchedProcess(target, ['-e', smallestProgram], 'output');
  const firstLineMs = await program.firstByte();
  const firstLinePeakMib = program.memoryMib('VmHWM');
  program.release();
  const lifeMs = firstLineMs + (await program.ending(longestLifeMs));
  return { firstLineMs, firstLinePeakMib, lifeMs };
}

/** A small express and winston service: when it listens, and the peak of its memory by then. */
export async function measureSmallService(target: Target): Promise<Figures> {
  const service = new WatchedProcess(target, [join(services, 'express-log.cjs')], 'messages');
  const { atMs: listenMs } = await service.listening();
  const listenPeakMib = service.memoryMib('VmHWM');
  service.kill('SIGKILL');
  await service.ending(longestLifeMs);
  return { listenMs, listenPeakMib };
}
