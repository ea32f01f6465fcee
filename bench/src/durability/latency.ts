import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { search } from '@hallmark/collector';
import type { Target } from './targets.js';

const root = resolve(import.meta.dirname, '../../..');
const service = resolve(root, 'bench/services/log-when-told.cjs');
const preload = resolve(root, 'instrumentation');
const looksAtOnce = 4;
const pollMs = 20;
/** Beyond it a record counts as lost. Unit: milliseconds. */
const longestMs = 60_000;

export interface Latencies {
  readonly title: string;
  /** From the log call until a search finds it. Unit: milliseconds. */
  readonly samples: readonly number[];
  readonly lost: number;
}

/** A service under the preload logs a line when it is told; each line is looked for until it is found. All settings are the defaults. */
export async function measureLatency(target: Target, admin: string, count: number): Promise<Latencies> {
  const child = spawn(process.execPath, ['--require', preload, service], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH, OTEL_SERVICE_NAME: 'shop-api', OTEL_EXPORTER_OTLP_ENDPOINT: target.otlp },
  });
  const ended = new Promise<void>((done) => child.on('exit', () => done()));
  const logged = new Map<string, (atMs: number) => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [probe = '', atMs = ''] = line.split(' ');
    logged.get(probe)?.(Number(atMs));
  });
  const samples: number[] = [];
  let lost = 0;
  let number = 0;
  const look = async () => {
    while (number < count) {
      const probe = `${child.pid}-${number++}`;
      const calledAt = new Promise<number>((done) => logged.set(probe, done));
      child.stdin.write(`${probe}\n`);
      const called = await calledAt;
      const found = await untilFound(admin, target.streams, probe, called + longestMs);
      if (found === undefined) lost++;
      else samples.push(found - called);
      // What is found is found just after a refresh: without a pause of any length the next call would always wait a whole one.
      await pause(Math.random() * 1_000);
    }
  };
  try {
    await Promise.all(Array.from({ length: looksAtOnce }, look));
  } finally {
    child.stdin.end();
    await ended;
  }
  return { title: target.title, samples: samples.slice(looksAtOnce), lost };
}

async function untilFound(admin: string, streams: string, probe: string, until: number): Promise<number | undefined> {
  const query = { term: { 'attributes.bench.probe': probe } };
  while (Date.now() < until) {
    if ((await search(admin, query, streams).catch(() => [])).length > 0) return Date.now();
    await pause(pollMs);
  }
  return undefined;
}

export function latencyTable(all: readonly Latencies[]): string {
  const rows = all.map(({ title, samples, lost }) => {
    const sorted = [...samples].sort((one, other) => one - other);
    const at = (percent: number) =>
      sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
    return `| ${title} | ${at(50)} ms | ${at(95)} ms | ${at(99)} ms | ${sorted.at(-1)} ms | ${samples.length} | ${lost} |`;
  });
  return `| collector | p50 | p95 | p99 | longest | records | not found in ${longestMs / 1_000} s |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}
