import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { fillCache } from './fill-cache.js';
import { processesOf } from './run/process-facts.js';
import { type Stack, startStack } from './start-stack.js';
import { firstAnswer } from './tcp-probe.js';
import { request } from './test-programs/http.js';
import { listeningAddresses, loopbackAddresses } from './test-programs/listening.js';
import { waitUntil } from './wait.js';

/** A cold build of the collector takes six minutes on 2 cores. Unit: milliseconds. */
const emptyCacheMs = 1_200_000;
/** A broker of the developer's own is not for tests to kill. */
const env = { ...process.env, AMQP_URL: '' };
const traceId = '5b8efff798038103d269b633813fc60c';
const record = {
  resourceLogs: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop-api' } }] },
      scopeLogs: [{ logRecords: [{ traceId, severityNumber: 9, body: { stringValue: 'order created' } }] }],
    },
  ],
};

describe('a stack', function () {
  this.timeout(400_000);
  let folder: string;
  let stack: Stack;
  let other: Stack;
  const ends: string[] = [];

  before(async function () {
    this.timeout(emptyCacheMs);
    await fillCache({ env, onProgress: (line) => console.error(line) });
  });

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'stack-test-'));
    const envFile = join(folder, 'stack.env');
    [stack, other] = await Promise.all([
      startStack({ env, envFile, onPartEnd: (line) => ends.push(line) }),
      startStack({ env, parts: ['elasticsearch', 'postgresql', 'rabbitmq'] }),
    ]);
  });

  after(async () => {
    await Promise.all([stack?.stop(), other?.stop()]);
    rmSync(folder, { recursive: true });
    for (const each of [stack, other]) {
      assert.deepEqual(processesOf(each.run.folder), []);
      assert.ok(!existsSync(each.run.folder));
    }
  });

  it('says where its parts are, in its env file too', () => {
    assert.deepEqual(Object.keys(stack.env).sort(), [
      'AMQP_URL',
      'AWS_ACCESS_KEY_ID',
      'AWS_ENDPOINT_URL_S3',
      'AWS_REGION',
      'AWS_SECRET_ACCESS_KEY',
      'COLLECTOR_STATUS_URL',
      'DATABASE_URL',
      'ELASTICSEARCH_URL',
      'LOOKUP_ELASTICSEARCH_URL',
      'LOOKUP_JOURNAL_URL',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
    ]);
    const lines = readFileSync(join(folder, 'stack.env'), 'utf8').trimEnd().split('\n').slice(1);
    assert.deepEqual(
      lines,
      Object.entries(stack.env).map(([name, value]) => `${name}=${value}`),
    );
  });

  it('shares no port and no password with another that runs at the same time', () => {
    const values = [stack, other].flatMap(({ env }) => [env.ELASTICSEARCH_URL, env.DATABASE_URL, env.AMQP_URL]);
    const urls = values.map((value) => new URL(value ?? ''));
    assert.equal(new Set(urls.map(({ port }) => port)).size, urls.length);
    assert.equal(new Set(urls.map(({ password }) => password)).size, urls.length);
  });

  it('listens on loopback only', () => {
    const listening = listeningAddresses(stack.run.folder);
    const ports = new Set(listening.map(({ port }) => port));
    const urls = Object.values(stack.env).filter((value) => URL.canParse(value));
    assert.ok(urls.length >= 7);
    for (const url of urls) assert.ok(ports.has(Number(new URL(url).port)), url);
    assert.deepEqual(
      listening.filter(({ address }) => !loopbackAddresses.includes(address)),
      [],
    );
  });

  it('stores a record and lets the support account read it, and nothing else', async () => {
    const sent = await request('POST', `${stack.env.OTEL_EXPORTER_OTLP_ENDPOINT}/v1/logs`, record);
    assert.equal(sent.status, 200);
    await assertStored(1);
    const support = stack.env.LOOKUP_ELASTICSEARCH_URL;
    assert.equal((await request('POST', `${support}/logs-shop_api.otel-default/_doc`, {})).status, 403);
    assert.equal((await request('GET', `${support}/_security/_authenticate`)).status, 200);
    assert.equal((await request('GET', `${support}/_cluster/settings`)).status, 403);
    assert.equal((await request('DELETE', `${support}/logs-shop_api.otel-default`)).status, 403);
  });

  it('asks for a password everywhere', async () => {
    const elasticsearch = new URL(stack.env.ELASTICSEARCH_URL ?? '');
    assert.equal((await request('GET', `http://${elasticsearch.host}/_cluster/health`)).status, 401);
    assert.equal((await request('GET', `http://admin:admin@${elasticsearch.host}/_cluster/health`)).status, 401);
    assert.equal(await postgresqlAuthentication(stack.env.DATABASE_URL ?? ''), scramSha256);
  });

  it('keeps records of the time in which Elasticsearch was dead, and those of before', async () => {
    await stack.parts.elasticsearch.kill();
    assert.equal(stack.parts.elasticsearch.running, false);
    const sent = await request('POST', `${stack.env.OTEL_EXPORTER_OTLP_ENDPOINT}/v1/logs`, record);
    assert.equal(sent.status, 200);
    await stack.parts.elasticsearch.start();
    await assertStored(2);
  });

  for (const name of ['collector', 'rabbitmq', 'postgresql'] as const) {
    it(`starts ${name} again on the same port after it was killed`, async () => {
      const part = stack.parts[name];
      const ports = () => [...new Set(listeningAddresses(stack.run.folder).map(({ port }) => port))].sort();
      const before = ports();
      await part.kill();
      assert.equal(part.running, false);
      assert.ok(ports().length < before.length);
      await part.start();
      assert.equal(part.running, true);
      // A port that isn't asked whether it is healthy may open a moment later.
      await waitUntil(() => isDeepStrictEqual(ports(), before), { timeoutMs: 10_000 });
      assert.deepEqual(ports(), before);
    });
  }

  it('says which part ended by itself, and goes on', async () => {
    const { collector } = stack.parts;
    await collector.kill();
    await collector.start();
    assert.deepEqual(ends, []);
    assert.ok(collector.pid);
    process.kill(collector.pid, 'SIGKILL');
    assert.ok(await waitUntil(() => ends.length > 0, { timeoutMs: 10_000 }));
    const [, log] = /^the collector ended by itself \(SIGKILL\); its log: (\/.*)$/.exec(ends[0] ?? '') ?? [];
    assert.ok(log && !log.startsWith(stack.run.folder) && existsSync(log), ends[0]);
    assert.equal(stack.parts.elasticsearch.running, true);
    await collector.start();
    assert.equal(ends.length, 1);
  });

  it('ends what was spawned in its run before its parts', async () => {
    const command = process.execPath;
    const spawned = await other.run.spawn({ name: 'service', command, args: ['-e', 'setInterval(() => 0, 1000)'] });
    const partsAtItsEnd = spawned.ended.then(() => other.parts.postgresql.running && other.parts.rabbitmq.running);
    await other.stop();
    assert.equal(spawned.running, false);
    assert.equal(await partsAtItsEnd, true);
    assert.deepEqual([other.parts.postgresql.running, other.parts.rabbitmq.running], [false, false]);
  });

  async function assertStored(count: number): Promise<void> {
    const search = `${stack.env.LOOKUP_ELASTICSEARCH_URL}/logs-*.otel-*/_search?q=trace_id:${traceId}`;
    let found: unknown;
    const isStored = async () => {
      const { body } = await request('GET', search);
      found = body;
      return (body as { hits: { total: { value: number } } }).hits.total.value === count;
    };
    assert.ok(await waitUntil(isStored, { timeoutMs: 120_000 }), JSON.stringify(found));
  }
});

/** AuthenticationSASL (PostgreSQL documentation, "Message Formats"). */
const scramSha256 = 10;

/** What the server asks for: the code of its authentication request. */
async function postgresqlAuthentication(url: string): Promise<number> {
  const { port, username } = new URL(url);
  const parameters = Buffer.from(`user\0${username}\0database\0postgres\0\0`);
  const message = Buffer.alloc(8 + parameters.length);
  message.writeInt32BE(message.length, 0);
  message.writeInt32BE(196_608, 4);
  parameters.copy(message, 8);
  return (await firstAnswer('127.0.0.1', Number(port), message)).readInt32BE(5);
}
