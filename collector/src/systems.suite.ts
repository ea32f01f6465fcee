import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { appendFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Stack } from '@hallmark/stack';
import { newSpanId, newTraceId } from './otlp.js';
import type { Addresses } from './stack-under-test.js';
import { ofTrace, type StoredDocument, stored } from './store.js';

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

    it('is told of without its text where a line is no JSON', async () => {
      await append('postgresql/logs/postgresql-3.json', 'a line about Anna Abel\n');
      const record = await one({ term: { 'attributes.log.file.name': 'postgresql-3.json' } });
      assert.deepEqual([record.severity_text, record.body?.text], ['WARN', 'a line of the log that is no JSON']);
      assert.ok(!JSON.stringify(record).includes('Anna'));
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
    it('tells who asked for which file, and how that ended, joined to its trace and order', async () => {
      const [fileId, traceId, spanId] = [randomUUID(), newTraceId(), newSpanId()];
      const agentEnd = `traceparent/00-${traceId}-${spanId}-01 baggage/order.id=ORD-AAAAAAAAAA,customer.id=7`;
      const access = (operation: string, status: number, code: string, key: string = fileId) =>
        `hallmark models [21/November/2026:18:21:36 +0000] 127.0.0.1 hallmark Q6Q2KD16K0JKB6S3 s3_${operation} ${key} ` +
        `/models/${fileId}?x-id=${operation} ${status} ${code} 0 3 2 2 - aws-sdk-js/3.1169.0 ua/2.1 api/s3#3.1169.0 ` +
        `${agentEnd} - H= SigV4 - AuthHeader - - - Yes\n`;
      await append(
        's3/logs/access.log',
        'log starts 2026-11-21 18:21:35.802063081 +0000 UTC m=+0.063681067\n',
        access('PutObject', 200, '-'),
        access('GetObject', 404, 'NoSuchKey'),
        access('GetObject', 500, 'open /objects/a ring: input/output error'),
        access('PutObject', 200, '-', 'a ring of Anna 00-00000000000000000000000000000001-0000000000000001-01'),
      );
      const records = (await stored(addresses().admin, ofTrace(traceId), 4)).map(({ _source }) => _source);
      const keys = records.map(({ attributes }) => attributes?.['file.id']);
      assert.equal(keys.filter((key) => key === fileId).length, 3);
      assert.ok(keys.some((key) => String(key).startsWith('a ring of ')));
      for (const { event_name, severity_text, span_id, attributes, data_stream } of records) {
        assert.deepEqual([event_name, severity_text, span_id], ['s3.access', 'INFO', spanId]);
        assert.equal(attributes?.['order.id'], 'ORD-AAAAAAAAAA');
        assert.equal(data_stream.dataset, '3d_file_storage.otel');
        assert.equal(attributes?.['log.file.name'], 'access.log');
      }
      const told = records.map(({ body, attributes = {} }) =>
        [body?.text, attributes['http.response.status_code'], attributes['error.type'] ?? ''].join(' '),
      );
      assert.deepEqual(told.sort(), [
        'GetObject 404 404 NoSuchKey',
        'GetObject 500 500 InternalError',
        'PutObject 200 200 ',
        'PutObject 200 200 ',
      ]);
    });
  });
}
