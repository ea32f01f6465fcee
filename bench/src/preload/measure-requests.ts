import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sendRequests } from './load.js';
import { openReceiver, type Receiver } from './receiver.js';
import { services, type Variant } from './variants.js';
import { type Target, WatchedProcess } from './watched-process.js';

/** Fixed work: every variant gets the same requests, and only those after the warm-up are measured. */
export interface Work {
  readonly service: 'http-log' | 'http-pg-amqp';
  readonly warmUpRequests: number;
  readonly requests: number;
}

export interface RequestFigures {
  /** CPU time of the whole process for one request, in µs; all its threads, and sending the telemetry. */
  readonly cpuUs: number;
  /** Mean of resident memory under load, in MiB. */
  readonly residentMib: number;
  /** Of the log lines written, the warm-up's too, the share that arrived: 0 to 1. */
  readonly recordsShare: number;
  /** Of the requests answered, the share whose server span arrived: 0 to 1. */
  readonly spansShare: number;
}

const memoryIntervalMs = 100;
/** The slowest distribution sends what is left every 5 s. */
const arrivalMs = 8_000;
const arrivalPollMs = 100;
const endMs = 1_000;
/** A server that goes on after SIGTERM is ended by us then; what it had to send has gone out by that time. */
const sigtermMs = 3_000;
const requestsBeforeSigterm = 20;

/** Runs a service under load. @param endpoint for tests: where telemetry is sent instead of to an open receiver */
export async function measureRequests(target: Omit<Target, 'url'>, work: Work, endpoint?: string) {
  const receiver = await openReceiver();
  const program = join(services, `${work.service}.cjs`);
  const service = new WatchedProcess({ ...target, url: endpoint ?? receiver.url }, [program], 'messages');
  try {
    const { port } = await service.listening();
    await sendRequests({ port, first: 0, count: work.warmUpRequests });
    const before = await service.cpuUs();
    const load = sendRequests({ port, first: work.warmUpRequests, count: work.requests });
    const residentMib = await meanMemory(service, load);
    const cpuUs = ((await service.cpuUs()) - before) / work.requests;
    const written = work.warmUpRequests + work.requests;
    return { cpuUs, residentMib, ...(await delivered(receiver, target.variant, written)) } satisfies RequestFigures;
  } finally {
    service.kill('SIGKILL');
    await service.ending(endMs);
    await receiver.close();
  }
}

/** How much of what a service logged arrives when SIGTERM comes right after its last answer. */
export async function measureSigtermLoss(target: Omit<Target, 'url'>): Promise<{ sigtermRecordsShare: number }> {
  const receiver = await openReceiver();
  const service = new WatchedProcess({ ...target, url: receiver.url }, [join(services, 'http-log.cjs')], 'messages');
  try {
    const { port } = await service.listening();
    await sendRequests({ port, first: 0, count: requestsBeforeSigterm });
    service.kill('SIGTERM');
    await service.ending(sigtermMs);
    return { sigtermRecordsShare: receiver.arrived().records.size / requestsBeforeSigterm };
  } finally {
    await receiver.close();
  }
}

async function meanMemory(service: WatchedProcess, load: Promise<void>): Promise<number> {
  const samples: number[] = [];
  const timer = setInterval(() => samples.push(service.memoryMib('VmRSS')), memoryIntervalMs);
  await load.finally(() => clearInterval(timer));
  samples.push(service.memoryMib('VmRSS'));
  return samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
}

/** Waits until everything has arrived, or for longer than any distribution keeps it back. */
async function delivered(receiver: Receiver, { sends }: Variant, written: number) {
  const share = () => {
    const { records, serverSpans } = receiver.arrived();
    return { recordsShare: records.size / written, spansShare: serverSpans.size / written };
  };
  if (sends === 'nothing') return { recordsShare: 0, spansShare: 0 };
  const deadlineMs = performance.now() + arrivalMs;
  let now = share();
  while ((now.recordsShare < 1 || now.spansShare < 1) && performance.now() < deadlineMs) {
    await sleep(arrivalPollMs);
    now = share();
  }
  return now;
}
