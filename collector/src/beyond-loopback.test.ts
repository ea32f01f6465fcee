import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { request as plainRequest } from 'node:http';
import { networkInterfaces } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Stack, startStack, waitUntil } from '@hallmark/stack';
import { type Agent, startAgent } from './agent.js';
import { newTraceId, sendLogs, sendSpans } from './otlp.js';
import { ask, ofTrace, search, stored } from './store.js';

const preload = resolve(import.meta.dirname, '../../instrumentation');
const startTimeoutMs = 15 * 60_000;
const patienceMs = 60_000;
const sender = { resource: { 'service.name': 'shop-api' } };
/** Another address of this machine, where it has one. */
const beyond =
  Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.1';

describe('the collector beyond loopback, and TLS between the parts', function () {
  this.timeout(4 * patienceMs);
  let stack: Stack;
  let url: string;
  let tokenFile = '';
  let agent: Agent | undefined;
  before(async function () {
    this.timeout(startTimeoutMs);
    const env = { ...process.env, HALLMARK_TLS: 'on', HALLMARK_OTLP_HOST: '0.0.0.0' };
    const collectorEnvironment = async (given: Readonly<Record<string, string>>) => {
      tokenFile = join(dirname(given.QUEUE_DIR ?? ''), 'tokens');
      await writeFile(tokenFile, `${given.OTLP_TOKEN}\n`, { mode: 0o600 });
      return { ...given, OTLP_TOKEN_FILE: tokenFile };
    };
    stack = await startStack({ parts: ['elasticsearch', 'collector'], env, collectorEnvironment });
    url = (stack.env.COLLECTOR_BEYOND_URL ?? '').replace('0.0.0.0', beyond);
  });
  after(async function () {
    this.timeout(startTimeoutMs);
    await stack?.stop();
  });
  afterEach(async () => {
    await agent?.stop();
    agent = undefined;
  });
  const admin = () => stack.env.ELASTICSEARCH_URL ?? '';
  const gateway = () => (stack.env.COLLECTOR_BEYOND_GRPC ?? '').replace('0.0.0.0', beyond);
  const token = () => stack.env.COLLECTOR_TOKEN ?? '';

  it('takes no request without TLS', async () => {
    const status = await new Promise<number | undefined>((done) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token()}` };
      const sent = plainRequest(`${url.replace('https', 'http')}/v1/logs`, { method: 'POST', headers }, (response) => {
        response.resume();
        done(response.statusCode);
      });
      sent.on('error', () => done(undefined));
      sent.end('{}');
    });
    assert.ok(status === undefined || status === 400, String(status));
  });

  it('takes no request without its token, and none with another', async () => {
    const record = { traceId: newTraceId(), body: 'x' };
    assert.equal(await sendLogs(url, sender, [record]), 401);
    assert.equal(await sendLogs(url, sender, [record], { authorization: 'Bearer another' }), 401);
    assert.equal(await sendLogs(url, sender, [record], { authorization: `Bearer ${token()}` }), 200);
    await stored(admin(), ofTrace(record.traceId), 1);
  });

  it('stores what a service under the preload sends there', async () => {
    const probe = newTraceId();
    const script = `require('winston').createLogger({ transports: [new (require('winston').transports.Console)()] }).info('by TLS', { 'probe.id': '${probe}' })`;
    const child = spawn(process.execPath, ['--require', preload, '-e', script], {
      cwd: import.meta.dirname,
      stdio: 'ignore',
      env: {
        PATH: process.env.PATH,
        OTEL_SERVICE_NAME: 'shop-api',
        OTEL_EXPORTER_OTLP_ENDPOINT: url,
        OTEL_EXPORTER_OTLP_CERTIFICATE: stack.env.COLLECTOR_CA_FILE,
        OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${token()}`,
      },
    });
    const [code] = await once(child, 'exit');
    assert.equal(code, 0);
    await stored(admin(), { term: { 'attributes.probe.id': probe } }, 1);
  });

  it('leaves its port without TLS on loopback', async () => {
    assert.match(stack.env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '', /^http:\/\/127\.0\.0\.1:/);
    if (beyond === '127.0.0.1') return;
    const { port } = new URL(stack.env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '');
    await assert.rejects(sendLogs(`http://${beyond}:${port}`, sender, []));
  });

  it('stores in an Elasticsearch that talks by TLS only', async () => {
    assert.match(admin(), /^https:/);
    assert.match(stack.env.COLLECTOR_STATUS_URL ?? '', /^https:/);
    assert.equal((await ask(admin(), 'GET', '/_cluster/health')).status, 200);
    await assert.rejects(ask(admin().replace('https:', 'http:'), 'GET', '/_cluster/health'));
  });

  it('takes over what an agent has kept while it was away, once each, also when the agent was killed', async () => {
    const host = await startAgent(stack, { gateway: gateway(), token: token() });
    agent = host;
    const traceId = newTraceId();
    const send = async (body: string) => {
      const records = [
        { traceId, body },
        { traceId, body },
      ];
      const statuses = [
        await sendLogs(host.otlp, sender, records),
        await sendSpans(host.otlp, sender, [{ traceId, name: body }]),
      ];
      return statuses.find((status) => status !== 200) ?? 200;
    };
    assert.equal(await send('while the gateway is there'), 200);
    await stored(admin(), ofTrace(traceId), 3);
    await stack.parts.collector.stop();
    assert.equal(await send('while it is away'), 200);
    await host.kill();
    await host.start();
    assert.equal(await send('after the agent was killed'), 200);
    await stack.parts.collector.start();
    const isThere = async () => (await search(admin(), ofTrace(traceId))).length >= 9;
    assert.ok(await waitUntil(isThere, { timeoutMs: patienceMs }));
    await stored(admin(), ofTrace(traceId), 9);
  });

  it('loses nothing of an agent whose token is changed before the agent knows, and takes both where both are named', async () => {
    const host = await startAgent(stack, { gateway: gateway(), token: token() });
    agent = host;
    const traceId = newTraceId();
    const answerTo = (shown: string) => sendLogs(url, sender, [], { authorization: `Bearer ${shown}` });
    const areTaken = (...expected: readonly [string, number][]) =>
      waitUntil(
        async () =>
          (await Promise.all(expected.map(async ([shown, status]) => (await answerTo(shown)) === status))).every(
            Boolean,
          ),
        { timeoutMs: patienceMs },
      );
    await writeFile(tokenFile, 'the-next\n');
    assert.ok(await areTaken([token(), 401], ['the-next', 200]));
    assert.equal(await sendLogs(host.otlp, sender, [{ traceId, body: 'refused by the gateway' }]), 200);
    assert.equal(await sendSpans(host.otlp, sender, [{ traceId, name: 'refused by the gateway' }]), 200);
    assert.ok(await waitUntil(async () => (await host.refused()) > 0, { timeoutMs: patienceMs }));
    assert.deepEqual(await search(admin(), ofTrace(traceId)), []);
    await host.stop();
    await host.start('the-next');
    await stored(admin(), ofTrace(traceId), 2);
    await writeFile(tokenFile, `the-next\n${token()} # until every agent shows the next\n`);
    assert.ok(await areTaken([token(), 200], ['the-next', 200], ['another', 401]));
  });
});
