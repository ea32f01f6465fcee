import assert from 'node:assert/strict';
import { appendFile, copyFile, mkdir, readdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Stack } from '@hallmark/stack';
import { newSpanId, newTraceId } from './otlp.js';
import type { Addresses } from './stack-under-test.js';
import { ofTrace, search, stored } from './store.js';

const faultTimeoutMs = 180_000;

interface Log {
  /** Below the run's folder. */
  readonly file: string;
  readonly rotated: string;
  /** One line about a number, joined to a trace where this log can be. */
  line(traceId: string, number: number): string;
  /** Finds the records of a trace's lines. */
  query(traceId: string): object;
}

const parentOf = (traceId: string) => `00-${traceId}-${newSpanId()}-01`;
const json = (line: object) => `${JSON.stringify(line)}\n`;

const logs: Readonly<Record<string, Log>> = {
  PostgreSQL: {
    file: 'postgresql/logs/turned.json',
    rotated: 'postgresql/logs/turned-1.json',
    line: (traceId, number) =>
      json({
        timestamp: '2026-11-21 15:27:48.587 UTC',
        line_num: number,
        error_severity: 'LOG',
        message: 'x',
        statement: `SELECT 1 /*traceparent='${parentOf(traceId)}'*/`,
      }),
    query: ofTrace,
  },
  RabbitMQ: {
    file: 'rabbitmq/logs/rabbitmq.json-turned',
    rotated: 'rabbitmq/logs/rabbitmq.json-turned.0',
    line: (traceId, number) =>
      json({ time: 1_795_274_863_117_318 + number, level: 'info', msg: `closing ${traceId}`, domain: 'rabbitmq' }),
    query: (traceId) => ({ match_phrase: { 'body.text': `closing ${traceId}` } }),
  },
  "RabbitMQ's tracing": {
    file: 'rabbitmq/transfers/turned.log',
    rotated: 'rabbitmq/transfers/turned-1.log',
    line: (traceId, number) =>
      json({
        timestamp: '2026-11-21T15:27:48.098+00:00',
        type: 'published',
        routing_keys: ['work'],
        queue: 'none',
        routed_queues: ['work'],
        properties: { message_id: `m-${number}`, headers: { traceparent: parentOf(traceId) } },
      }),
    query: ofTrace,
  },
  'the S3 server': {
    file: 's3/logs/access.log-turned',
    rotated: 's3/logs/access.log-turned.1',
    line: (traceId, number) =>
      `hallmark models [21/November/2026:18:21:36 +0000] 127.0.0.1 hallmark R${number} s3_GetObject a /models/a 200 - 0 3 2 2 ` +
      `- aws-sdk-js/3.1169.0 api/s3#3.1169.0 traceparent/${parentOf(traceId)} - H= SigV4 - AuthHeader - - - Yes\n`,
    query: ofTrace,
  },
};

export function describeSystemFiles(stack: () => Stack, addresses: () => Addresses): void {
  const pathOf = (file: string) => join(stack().run.folder, file);
  const append = async (file: string, text: string) => {
    await mkdir(dirname(pathOf(file)), { recursive: true });
    await appendFile(pathOf(file), text);
  };
  const recordsOf = (log: Log, traceId: string, count: number) => stored(addresses().admin, log.query(traceId), count);

  it('a line of any log is read when it has its end, not before', async () => {
    const all = Object.values(logs).map((log) => ({ log, half: newTraceId(), whole: newTraceId() }));
    const lines = all.map(({ log, half }) => log.line(half, 1));
    for (const [at, { log, whole }] of all.entries()) {
      await append(log.file, lines[at]?.slice(0, 60) ?? '');
      await append(log.rotated, log.line(whole, 1));
    }
    for (const { log, half, whole } of all) {
      await recordsOf(log, whole, 1);
      assert.deepEqual(await search(addresses().admin, log.query(half)), []);
    }
    for (const [at, { log }] of all.entries()) await append(log.file, lines[at]?.slice(60) ?? '');
    for (const { log, half } of all) await recordsOf(log, half, 1);
  });

  it('loses and doubles no line of any log when files rotate and the collector is stopped and killed in between', async function () {
    this.timeout(faultTimeoutMs);
    const { collector } = stack().parts;
    const all = Object.values(logs).map((log) => ({ ...log, traceId: newTraceId() }));
    const growing = (log: Log) => log.file.replace('turned', 'rotating');
    const rotated = (log: Log, time: string) => log.rotated.replace('turned', `rotated-${time}`);
    let count = 0;
    const write = async (lines: number, fileOf: (log: Log) => string = growing) => {
      const from = count;
      count += lines;
      for (const log of all) {
        const text = Array.from({ length: lines }, (_, at) => log.line(log.traceId, from + at));
        await append(fileOf(log), text.join(''));
      }
    };
    const allStored = async () => {
      for (const log of all) await recordsOf(log, log.traceId, count);
    };
    const rotate = (time: string) =>
      Promise.all(all.map((log) => rename(pathOf(growing(log)), pathOf(rotated(log, time)))));
    const places = await placesKept(pathOf('collector/queue'));

    await write(300);
    await allStored();
    await write(300);
    await collector.kill('SIGKILL');
    await rotate('first');
    await write(300);
    await collector.start();
    await write(300);
    await collector.stop();
    await places.copy();
    await write(300);
    await collector.start();
    await allStored();
    // It dies after it has handed lines on, and before it has kept how far it read.
    await collector.kill('SIGKILL');
    await places.putBack();
    await rotate('again');
    await write(1, (log) => rotated(log, 'again'));
    await collector.start();
    await allStored();
  });
}

/** The files in which the receivers keep how far they have read. Only for a collector that does not run. */
async function placesKept(folder: string) {
  const files = (await readdir(folder)).filter((name) => /^receiver_file_?log_/.test(name) && !name.endsWith('.copy'));
  assert.ok(files.length >= 4, files.join());
  const each = (work: (path: string) => Promise<void>) => Promise.all(files.map((name) => work(join(folder, name))));
  return {
    copy: () => each((path) => copyFile(path, `${path}.copy`)),
    putBack: () => each((path) => rename(`${path}.copy`, path)),
  };
}
