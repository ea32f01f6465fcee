import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import winston from 'winston';
import { createLogger } from './logger.js';

describe('the line that a service prints', () => {
  it('is one JSON object: time, module, level, message, ids, fields', () => {
    const { logger, lines } = listen();
    logger
      .child({ label: 'orders' })
      .info('order created', { event: 'order.created', 'order.id': 'ORD-A', trace_id: 'abc', span_id: 'def' });
    const [line = ''] = lines;
    const { time, ...rest } = JSON.parse(line);
    assert.ok(Math.abs(Date.parse(time) - Date.now()) < 10_000);
    const expected = { module: 'orders', level: 'info', message: 'order created', trace_id: 'abc', span_id: 'def' };
    assert.deepEqual(rest, { ...expected, event: 'order.created', 'order.id': 'ORD-A' });
    assert.ok(line.startsWith('{"time":') && !line.includes('\n', 0));
  });

  it('shows an error with its type, message, stack and cause', () => {
    const { logger, lines } = listen();
    logger.error('it failed', { error: new TypeError('wrong\ntype', { cause: new Error('deeper') }) });
    const { error } = JSON.parse(lines[0] ?? '');
    assert.equal(error.type, 'TypeError');
    assert.equal(error.message, 'wrong\ntype');
    assert.match(error.stack, /logger\.test/);
    assert.equal(error.cause.message, 'deeper');
    assert.equal(lines.length, 1);
  });

  it('goes to a file where one is named, which begins anew when it is full', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'logger-'));
    const logger = createLogger({ LOG_FILE: join(folder, 'shop.log') }, 2_000);
    for (let number = 0; number < 40; number++) {
      const line = `line ${number} of a file that is small`;
      logger.info(line);
      while (!(await textIn(folder)).includes(line)) await setImmediate();
    }
    logger.close();
    const files = await readdir(folder);
    const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
    await rm(folder, { recursive: true });
    assert.ok(files.length > 1 && files.length <= 5, files.join(' '));
    // The line that fills a file is still written to it.
    assert.ok(Math.max(...sizes) < 2_200, sizes.join(' '));
  });

  it('leaves what was logged as it was', () => {
    const { logger } = listen();
    const fields = { error: new Error('x'), count: 3n };
    logger.info('m', fields);
    assert.equal(fields.error.message, 'x');
    assert.equal(fields.count, 3n);
  });
});

async function textIn(folder: string): Promise<string> {
  const texts = (await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8').catch(() => ''));
  return (await Promise.all(texts)).join('');
}

function listen() {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(...String(chunk).trimEnd().split('\n'));
      done();
    },
  });
  const logger = createLogger();
  logger.clear().add(new winston.transports.Stream({ stream }));
  return { logger, lines };
}
