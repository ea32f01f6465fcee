import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moduleFolder } from './collector/build.js';
import { findJava } from './elasticsearch/java.js';
import { StackError } from './failure.js';
import { findGo } from './go/find.js';
import { freePort } from './ports.js';
import { readRunRecord } from './run/run-record.js';
import { startStack } from './start-stack.js';

describe('a missing prerequisite', function () {
  this.timeout(120_000);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'prerequisites-test-'));
    chmodSync(folder, 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const program = (name: string, prints: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${prints}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  const failsInOneLine = (work: Promise<unknown>, pattern: RegExp) =>
    assert.rejects(work, (error: Error) => {
      assert.ok(error instanceof StackError, String(error.stack));
      assert.match(error.message, pattern);
      assert.equal(error.message.split('\n').length, 1);
      return true;
    });
  const ownRuns = () =>
    readdirSync(tmpdir()).filter((name) => readRunRecord(join(tmpdir(), name))?.starter.pid === process.pid);
  const findGoHere = () => findGo({ PATH: `${folder}:/bin` }, join(moduleFolder, 'go.mod'));

  it('is named when there is no Java', async () => {
    const env = {
      ...process.env,
      PATH: folder,
      JAVA_HOME: '',
      ES_JAVA_HOME: '',
      HALLMARK_CACHE: join(folder, 'cache'),
    };
    const start = startStack({ env, parts: ['elasticsearch'] });
    await failsInOneLine(start, /^Java 17 or later is needed, none was found in JAVA_HOME or PATH: apt-get install/);
    assert.ok(!existsSync(join(folder, 'cache')), 'something was fetched in vain');
  });

  it('is named when Java is too old', async () => {
    program('java', 'echo \'openjdk version "11.0.22" 2024-01-16\' >&2');
    await failsInOneLine(findJava({ PATH: `${folder}:/bin` }, undefined), /java is Java 11: apt-get install/);
    program('java', 'echo \'java version "1.8.0_402"\' >&2');
    await failsInOneLine(findJava({ PATH: `${folder}:/bin` }, undefined), /java is Java 8: /);
  });

  it('is named when JAVA_HOME is no Java, even if there is one in PATH', async () => {
    program('java', 'echo \'openjdk version "17"\' >&2');
    for (const variable of ['JAVA_HOME', 'ES_JAVA_HOME']) {
      const env = { PATH: `${folder}:/bin`, [variable]: '/no/such/java' };
      await failsInOneLine(
        findJava(env, undefined),
        new RegExp(`^${variable}=/no/such/java: there is no program /no/such/java/bin/java: set ${variable} `),
      );
    }
  });

  it('is none with Java 17 and later', async () => {
    program('java', 'echo \'openjdk version "25" 2025-09-16\' >&2');
    assert.equal(await findJava({ PATH: `${folder}:/bin` }, undefined), join(folder, 'java'));
  });

  it('is named when there is no Go', async () => {
    await failsInOneLine(
      findGo({ PATH: folder }, join(moduleFolder, 'go.mod')),
      /^Go \d\.\d+ or later is needed, none was found in PATH: install a current one from https:\/\/go\.dev\/dl/,
    );
  });

  it('is named when Go is too old to fetch a newer one by itself', async () => {
    program('go', 'echo go1.19.8; echo');
    await failsInOneLine(findGoHere(), /go is Go 1\.19\.8: install/);
    program('go', 'echo go1.22.0; echo local');
    await failsInOneLine(findGoHere(), /go is Go 1\.22\.0: install/);
    program('go', 'echo go1.22.0; echo auto');
    assert.equal(await findGoHere(), join(folder, 'go'));
  });

  it('is named when there is neither a RabbitMQ nor an apt-get', async () => {
    const env = { ...process.env, AMQP_URL: '', PATH: folder, HALLMARK_CACHE: join(folder, 'cache') };
    await failsInOneLine(startStack({ env, parts: ['rabbitmq'] }), /^RabbitMQ is needed, .*set AMQP_URL to a broker/);
  });

  it('is named when nothing answers at AMQP_URL', async () => {
    const port = await freePort();
    const env = { ...process.env, AMQP_URL: `amqp://user:secret@127.0.0.1:${port}` };
    await failsInOneLine(
      startStack({ env, parts: ['rabbitmq'] }),
      new RegExp(`^AMQP_URL: no broker answers at 127\\.0\\.0\\.1:${port}: `),
    );
  });

  it('is named when a port that the user has fixed is in use', async () => {
    const server = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    try {
      const env = { ...process.env, HALLMARK_POSTGRESQL_PORT: String(port) };
      const start = startStack({ env, parts: ['postgresql'] });
      await failsInOneLine(start, new RegExp(`^HALLMARK_POSTGRESQL_PORT=${port}: port ${port} .* is in use: `));
    } finally {
      server.close();
    }
  });

  it('that shows late ends what has been started by then', async () => {
    mkdirSync(join(folder, 'bin'));
    const flag = join(folder, 'PostgreSQL-is-up');
    // Passes for a Java until it is to run something.
    program(
      'bin/java',
      `test "$1" = -version && echo 'openjdk version "17"' && exit 0
while ! test -e ${flag}; do sleep 0.1; done
echo "ERROR no such class"
exit 3`,
    );
    const start = startStack({
      env: { ...process.env, ES_JAVA_HOME: '', JAVA_HOME: folder },
      parts: ['elasticsearch', 'postgresql'],
      onProgress: (line) => line.startsWith('PostgreSQL is up') && writeFileSync(flag, ''),
    });
    await failsInOneLine(
      start,
      /^elasticsearch ended before it was ready \(exit code 3\): ERROR no such class; its whole log: /,
    );
    assert.ok(existsSync(flag));
    assert.deepEqual(ownRuns(), []);
  });

  it('leaves no run folder behind', async () => {
    const env = { ...process.env, HALLMARK_POSTGRESQL_PORT: 'seventy' };
    await failsInOneLine(startStack({ env, parts: ['postgresql'] }), /expected a port from 1 to 65535/);
    assert.deepEqual(ownRuns(), []);
  });
});
