import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const read = (file: string) => readFileSync(resolve(import.meta.dirname, '..', file), 'utf8');
const mebibyte = 1024 * 1024;
/** A text of many short addresses grows most when it is masked: `a@b.cc` becomes `****@b.cc`. */
const growth = 1.5;

/**
 * The queue splits what is above batch.max_size between two records, and drops a batch whose first record alone is above it
 * (exporterhelper 0.152, logs_batch.go). So no door may take a record that could be.
 */
describe('the limits of size', () => {
  const configuration = read('otel-collector.yaml');
  const numbers = (key: string, text = configuration) =>
    [...text.matchAll(new RegExp(`${key}[^\\d\\n]*(\\d+)`, 'g'))].map(([, number]) => Number(number));
  const requests = numbers('max_request_body_size:');
  // In the order of the file: loopback, beyond, between the halves.
  const [loopback = 0, beyond = 0, halves = 0] = numbers('max_recv_msg_size_mib:').map((size) => size * mebibyte);
  const [batch = 0] = numbers('max_size: \\$\\{env:BATCH_MAX_SIZE:-');
  const [batchOfAgent = 0] = numbers('BATCH_MAX_SIZE=', read('README.md'));

  it('let no record in that is larger than a batch of the queue when it is masked', () => {
    assert.equal(requests.length, 3);
    for (const size of [...requests, loopback, beyond]) assert.ok(size > 0 && size * growth <= batch, String(size));
    for (const size of [...requests, loopback]) assert.ok(size * growth <= batchOfAgent, `${size} at an agent`);
  });

  it("let in what the first half hands on, and what an agent's does", () => {
    assert.ok(halves >= 2 * batch);
    assert.ok(batchOfAgent > 0 && batchOfAgent * 1.25 <= beyond);
  });
});
