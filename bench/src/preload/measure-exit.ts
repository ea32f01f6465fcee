import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Figures } from './samples.js';
import { services } from './variants.js';
import { type Target, WatchedProcess } from './watched-process.js';

/** A process that is still there after so long is killed and counts as this. */
export const longestExitMs = 12_000;
/** Between two releases, so that what one process does at its end isn't in the next one's time. */
const apartMs = 300;

type Exits = ReadonlyMap<string, Figures>;

/**
 * With no collector: from a program's last statement to its end, and from SIGTERM to the end of a server. All variants are
 * brought up first and then let go one after the other, since those that hold on only wait.
 */
export async function measureExits(targets: readonly Omit<Target, 'url'>[]): Promise<Exits> {
  const url = `http://127.0.0.1:${await closedPort()}`;
  const at = targets.map((target) => ({ ...target, url }));
  const programs = at.map((target) => new WatchedProcess(target, [join(services, 'last-words.cjs')], 'output'));
  await Promise.all(programs.map((program) => program.firstByte()));
  const exits = await letGo(programs, (program) => program.release());
  const servers = at.map((target) => new WatchedProcess(target, [join(services, 'http-log.cjs')], 'messages'));
  await Promise.all(servers.map((server) => server.listening()));
  const sigterms = await letGo(servers, (server) => server.kill('SIGTERM'));
  return new Map(
    at.map(({ variant }, index) => [variant.id, { exitMs: exits[index] ?? 0, sigtermMs: sigterms[index] ?? 0 }]),
  );
}

async function letGo(processes: readonly WatchedProcess[], go: (each: WatchedProcess) => void): Promise<number[]> {
  const endings: Promise<number>[] = [];
  for (const each of processes) {
    go(each);
    endings.push(each.ending(longestExitMs));
    await sleep(apartMs);
  }
  return Promise.all(endings);
}

/** A port of loopback where connections are refused: it was free a moment ago. */
export async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
