import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { newTraceId } from '../otlp.js';
import { ofTrace, stored } from '../store.js';
import type { Scene } from './scene.js';

const sender = fileURLToPath(new URL('./killed-sender.js', import.meta.url));
const acknowledgedBeforeItsEnd = 20;

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
}
