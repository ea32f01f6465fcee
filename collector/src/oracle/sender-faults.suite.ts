import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { newTraceId } from '../otlp.js';
import { ofTrace, stored } from '../store.js';
import { openCuttableWay } from './cuttable-way.js';
import type { Scene } from './scene.js';

const sender = fileURLToPath(new URL('./killed-sender.js', import.meta.url));
const acknowledgedBeforeItsEnd = 20;
const preload = resolve(import.meta.dirname, '../../../instrumentation');
const lines = 150;
/** Writes a line every 20 ms; the first is out when the preload runs. */
const service = `
const winston = require('winston');
const logger = winston.createLogger({ transports: [new winston.transports.Console()] });
const trace = process.argv[1];
let number = 0;
const timer = setInterval(() => {
  logger.info('line ' + number, { 'oracle.trace': trace, 'oracle.number': number });
  if (++number === ${lines}) clearInterval(timer);
}, 20);
`;

export function describeSenderFaults(scene: () => Scene): void {
  it('when the service that sent it is killed', async () => {
    const traceId = newTraceId();
    const child = spawn(process.execPath, [sender, scene().otlp(), scene().system, traceId], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const acknowledged: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged.push(line);
      if (acknowledged.length === acknowledgedBeforeItsEnd) child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    const query = { bool: { filter: [ofTrace(traceId), { terms: { 'attributes.oracle.name': acknowledged } }] } };
    const documents = await stored(scene().admin(), query, acknowledged.length);
    assert.ok(documents.length >= acknowledgedBeforeItsEnd);
  });

  it('and what a service under the preload logs is stored once while the network to the collector loses answers and is closed', async () => {
    const way = await openCuttableWay(scene().otlp());
    const traceId = newTraceId();
    const child = spawn(process.execPath, ['--require', preload, '-e', service, traceId], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        OTEL_SERVICE_NAME: scene().system,
        OTEL_EXPORTER_OTLP_ENDPOINT: way.url,
        HALLMARK_EXIT_TIMEOUT_MS: '20000',
      },
    });
    try {
      const ended = once(child, 'exit');
      child.stderr.resume();
      await once(child.stdout, 'data');
      child.stdout.resume();
      await pause(700);
      way.set('no answers');
      await pause(900);
      way.set('closed');
      await pause(900);
      way.set('open');
      assert.deepEqual(await ended, [0, null]);
      const query = { term: { 'attributes.oracle.trace': traceId } };
      const documents = await stored(scene().admin(), query, lines);
      assert.equal(new Set(documents.map(({ _source }) => _source.attributes?.['oracle.number'])).size, lines);
    } finally {
      child.kill('SIGKILL');
      await way.close();
    }
  });
}
