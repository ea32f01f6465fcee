import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { planted } from './personal-values.js';
import type { Addresses } from './stack-under-test.js';
import { ask } from './store.js';

const redact = resolve(import.meta.dirname, '../../privacy/dist/main.js');

/** What the process, by whose rules a scan looks, does not take: numbers whose checksum is wrong, and headers in a flat list within a text. */
const ofTheCollectorAlone = [
  'мир 2200123456789012',
  'order,4111111111111112,paid',
  '{"rawHeaders":["Host","shop","Authorization","Zz123q"]}',
];
const held = planted.filter(({ text }) => !ofTheCollectorAlone.includes(text));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export function describeScan(addresses: () => Addresses): void {
  /** Stores documents as they are, past the collector, in a stream of their own. */
  async function store(dataset: string, documents: readonly object[]): Promise<void> {
    for (const document of documents) {
      const about = { dataset: `${dataset}.otel`, namespace: 'default', type: 'logs' };
      const answer = await ask(addresses().admin, 'POST', `/logs-${dataset}.otel-default/_doc?refresh=true`, {
        '@timestamp': new Date().toISOString(),
        data_stream: about,
        resource: { attributes: { 'service.name': dataset } },
        ...document,
      });
      assert.equal(answer.status, 201, await answer.text());
    }
  }

  const scan = (...args: string[]): Promise<Ended> =>
    new Promise((done) => {
      const env = { ...process.env, ELASTICSEARCH_URL: addresses().admin };
      execFile(process.execPath, [redact, '--scan', ...args], { env }, (error, stdout, stderr) =>
        done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
      );
    });

  describe('a scan of what is stored', () => {
    it('tells places and counts of what should not be there, and no value', async () => {
      await store(
        'scanned',
        held.map(({ text }) => ({ body: { text }, attributes: { note: text } })),
      );
      const { code, stdout, stderr } = await scan('1', '--streams', 'logs-scanned.otel-default');
      assert.equal(code, 1, stderr);
      assert.match(stdout, /^logs-scanned\.otel-default attributes\.note .*\bcard \d+/m);
      assert.match(stdout, /^logs-scanned\.otel-default body\.text .*\bphone \d+/m);
      assert.match(stdout, new RegExp(`^${held.length} of ${held.length} sampled records`, 'm'));
      for (const { secret } of held) assert.ok(!stdout.includes(secret), secret);
    });

    it('finds nothing in what was masked', async () => {
      await store('scanned_clean', [
        { body: { text: 'card ****1111 of ****@example.com' }, attributes: { 'user.email': '****' } },
      ]);
      const { code, stdout } = await scan('1', '--streams', 'logs-scanned_clean.otel-default');
      assert.equal(code, 0, stdout);
      assert.match(stdout, /^0 of 1 sampled records/m);
    });

    it('says when there is no such stream, and how to name one', async () => {
      const { code, stderr } = await scan('1', '--streams', 'logs-nowhere.otel-default');
      assert.equal(code, 2);
      assert.match(stderr, /no record of the last 1 days in logs-nowhere\.otel-default/);
    });
  });
}
