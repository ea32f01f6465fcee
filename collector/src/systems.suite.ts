import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Stack } from '@hallmark/stack';
import { newSpanId, newTraceId } from './otlp.js';
import type { Addresses } from './stack-under-test.js';
import { ofTrace, type StoredDocument, search, stored } from './store.js';

const faultTimeoutMs = 120_000;

export function describeSystems(stack: () => Stack, addresses: () => Addresses): void {
  const append = async (file: string, ...lines: (object | string)[]) => {
    const path = join(stack().run.folder, file);
    await mkdir(dirname(path), { recursive: true });
    await appendFile(
      path,
      lines.map((line) => (typeof line === 'string' ? line : `${JSON.stringify(line)}\n`)).join(''),
    );
    return path;
  };
  const one = async (query: object): Promise<StoredDocument['_source']> => {
    const [document] = await stored(addresses().admin, query, 1);
    return document?._source ?? assert.fail();
  };
  const comment = (traceId: string) => `/*traceparent='00-${traceId}-${newSpanId()}-01'*/`;
  const database = 'postgresql/logs/postgresql-1.json';
  const line = {
    timestamp: '2026-11-21 15:27:48.587 UTC',
    dbname: 'postgres',
    pid: 7,
    line_num: 1,
    error_severity: 'LOG',
  };

  describe("PostgreSQL's log", () => {
    it('tells of a slow statement with its time, its trace and without its literals', async () => {
      const traceId = newTraceId();
      const sql = `SELECT 'it''s Anna', 42, $1, E'\\'x' FROM t9 WHERE a = -7.5 ${comment(traceId)}`;
      await append(database, { ...line, message: `duration: 300.970 ms  execute <unnamed>: ${sql}` });
      const record = await one(ofTrace(traceId));
      assert.equal(record.event_name, 'server.log');
      assert.equal(Number(record['@timestamp']), Date.parse('2026-11-21T15:27:48.587Z'));
      assert.equal(record.body?.text, 'a statement took 300.970 ms');
      assert.equal(record.attributes?.['db.client.operation.duration'], 0.30097);
      assert.equal(record.attributes?.['db.namespace'], 'postgres');
      assert.equal(record.attributes?.['log.file.name'], 'postgresql-1.json');
      assert.equal(record.data_stream.dataset, 'postgresql.otel');
      const text = String(record.attributes?.['db.query.text']);
      assert.equal(text.trim(), 'SELECT ?, ?, $1, ? FROM t9 WHERE a = -?');
      // Ids are random and may hold any digits.
      const told = JSON.stringify([record.body, text]);
      for (const literal of ['Anna', '42', '7.5', 'traceparent']) assert.ok(!told.includes(literal), told);
      assert.ok(!JSON.stringify(record).includes('Anna'));
    });

    it('tells of an error as one record with its code, however many lines it has, and not of what was typed', async () => {
      const traceId = newTraceId();
      const message = 'invalid input syntax for type integer: "Anna\nAbel"';
      const error = {
        error_severity: 'ERROR',
        state_code: '22P02',
        message,
        statement: `SELECT\n$1::int ${comment(traceId)}`,
      };
      await append(database, { ...line, ...error });
      const record = await one(ofTrace(traceId));
      assert.equal(record.body?.text, 'invalid input syntax for type integer: "?"');
      assert.equal(record.attributes?.['db.response.status_code'], '22P02');
      assert.equal(record.severity_text, 'ERROR');
    });

    it('is read when a line has its end, not before', async () => {
      const traceId = newTraceId();
      const text = `${JSON.stringify({ ...line, message: 'x', statement: comment(traceId) })}\n`;
      const last = newTraceId();
      await append(database, text.slice(0, 60));
      await append('postgresql/logs/postgresql-2.json', { ...line, message: 'y', statement: comment(last) });
      await one(ofTrace(last));
      assert.deepEqual(await search(addresses().admin, ofTrace(traceId)), []);
      await append(database, text.slice(60));
      assert.equal((await one(ofTrace(traceId))).body?.text, 'x');
    });

    it('is told of without its text where a line is no JSON', async () => {
      await append('postgresql/logs/postgresql-3.json', 'a line about Anna Abel\n');
      const record = await one({ term: { 'attributes.log.file.name': 'postgresql-3.json' } });
      assert.deepEqual([record.severity_text, record.body?.text], ['WARN', 'a line of the log that is no JSON']);
      assert.ok(!JSON.stringify(record).includes('Anna'));
    });

    it('loses and doubles nothing when files rotate and the collector is stopped and killed in between', async function () {
      this.timeout(faultTimeoutMs);
      const { collector } = stack().parts;
      const traceId = newTraceId();
      const file = 'postgresql/logs/rotating.json';
      let count = 0;
      const write = async (lines: number) => {
        const all = Array.from({ length: lines }, () => ({
          ...line,
          line_num: count++,
          message: 'x',
          statement: comment(traceId),
        }));
        return append(file, ...all);
      };
      const path = await write(300);
      await stored(addresses().admin, ofTrace(traceId), count);
      await write(300);
      await collector.kill('SIGKILL');
      await rename(path, path.replace('.json', '-1.json'));
      await write(300);
      await collector.start();
      await write(300);
      await collector.stop();
      await write(300);
      await collector.start();
      const documents = await stored(addresses().admin, ofTrace(traceId), count);
      assert.equal(new Set(documents.map(({ _id }) => _id)).size, 1_500);
    });
  });

  describe("RabbitMQ's log", () => {
    it('has its severity and time', async () => {
      const msg = `closing a connection ${newSpanId()}`;
      await append('rabbitmq/logs/rabbitmq.json', {
        time: 1795274863117318,
        level: 'warning',
        msg,
        domain: 'rabbitmq.connection',
      });
      const record = await one({ match_phrase: { 'body.text': msg } });
      assert.deepEqual([record.event_name, record.severity_text], ['broker.log', 'WARN']);
      assert.equal(record['@timestamp'], '1795274863117.318000');
      assert.equal(record.data_stream.dataset, 'rabbitmq.otel');
    });

    it('of transfers says what became of each message, joined to its trace and order', async () => {
      const traceId = newTraceId();
      const headers = { traceparent: `00-${traceId}-${newSpanId()}-01`, baggage: 'order.id=ORD-AAAAAAAAAA' };
      const transfer = {
        timestamp: '2026-11-21T15:27:48.098+00:00',
        payload: '',
        routing_keys: ['work'],
        queue: 'none',
      };
      const properties = { message_id: 'm-1', headers };
      const dead = { ...headers, 'x-first-death-queue': 'work', 'x-first-death-reason': 'rejected' };
      await append(
        'rabbitmq/transfers/transfers.log',
        { ...transfer, type: 'published', routed_queues: ['work'], properties },
        { ...transfer, type: 'published', routed_queues: [], properties },
        { ...transfer, type: 'received', queue: 'work', routed_queues: 'none', properties },
        {
          ...transfer,
          type: 'received',
          queue: 'work.dead',
          routed_queues: 'none',
          properties: { ...properties, headers: dead },
        },
      );
      const records = (await stored(addresses().admin, ofTrace(traceId), 4)).map(({ _source }) => _source);
      const told = records.map(({ attributes = {} }) =>
        [attributes['message.status'], attributes['messaging.destination.name']].join(' '),
      );
      assert.deepEqual(told.sort(), ['dead-lettered work.dead', 'delivered work', 'routed work', 'unroutable work']);
      for (const { event_name, attributes } of records) {
        assert.equal(event_name, 'message.transferred');
        assert.deepEqual([attributes?.['messaging.message.id'], attributes?.['order.id']], ['m-1', 'ORD-AAAAAAAAAA']);
      }
    });
  });

  describe("the S3 server's log", () => {
    it('tells who asked for which file, and how that ended', async () => {
      const fileId = randomUUID();
      const access = (operation: string, status: number, code: string) =>
        `hallmark models [21/November/2026:18:21:36 +0000] 127.0.0.1 hallmark Q6Q2KD16K0JKB6S3 s3_${operation} ${fileId} ` +
        `/models/${fileId}?x-id=${operation} ${status} ${code} 0 3 2 2 - aws-sdk-js/3.1169.0 ua/2.1 - H= SigV4 - AuthHeader - - - Yes\n`;
      await append(
        's3/logs/access.log',
        'log starts 2026-11-21 18:21:35.802063081 +0000 UTC m=+0.063681067\n',
        access('PutObject', 200, '-'),
        access('GetObject', 404, 'NoSuchKey'),
      );
      const records = (await stored(addresses().admin, { term: { 'attributes.file.id': fileId } }, 2)).map(
        ({ _source }) => _source,
      );
      for (const { event_name, severity_text, attributes, data_stream } of records) {
        assert.deepEqual([event_name, severity_text], ['s3.access', 'INFO']);
        assert.equal(data_stream.dataset, '3d_file_storage.otel');
        assert.equal(attributes?.['log.file.name'], 'access.log');
      }
      const told = records.map(({ body, attributes = {} }) =>
        [body?.text, attributes['http.response.status_code'], attributes['error.type'] ?? ''].join(' '),
      );
      assert.deepEqual(told.sort(), ['GetObject 404 404 NoSuchKey', 'PutObject 200 200 ']);
    });
  });
}
