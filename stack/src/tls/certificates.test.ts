import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Certificates, makeCertificates } from './certificates.js';
import { readProtection } from './settings.js';

describe('the certificates of a stack', () => {
  let folder: string;
  let made: Certificates;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hallmark-test-'));
    made = await makeCertificates(folder, ['127.0.0.1', 'localhost', 'elasticsearch']);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('are believed by who knows the authority, for the names that they are made for, and by nobody else', async () => {
    const server = createServer({ cert: readFileSync(made.certificate), key: readFileSync(made.key) }, (_, response) =>
      response.end('x'),
    );
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const ask = (options: object) =>
      new Promise<number | string>((done) => {
        const sent = request({ host: '127.0.0.1', port, agent: false, ...options }, (response) => {
          response.resume();
          done(response.statusCode ?? 0);
        });
        sent.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
        sent.end();
      });
    try {
      const ca = readFileSync(made.authority);
      assert.equal(await ask({ ca }), 200);
      assert.equal(await ask({ ca, servername: 'elasticsearch' }), 200);
      assert.equal(await ask({ ca, servername: 'kibana' }), 'ERR_TLS_CERT_ALTNAME_INVALID');
      assert.notEqual(await ask({}), 200);
    } finally {
      server.close();
    }
  });

  it('let nobody else read the key, and sign nothing', () => {
    assert.equal(statSync(made.key).mode & 0o777, 0o600);
    assert.equal(new X509Certificate(readFileSync(made.certificate)).ca, false);
    assert.equal(new X509Certificate(readFileSync(made.authority)).ca, true);
  });
});

describe('the settings of protection', () => {
  it('are off by default, on loopback', () => {
    assert.deepEqual(readProtection({}), { isBetweenParts: false, beyond: undefined });
    assert.deepEqual(readProtection({ HALLMARK_OTLP_HOST: '127.0.0.1' }), { isBetweenParts: false, beyond: undefined });
  });

  it('are refused in one line when they are neither', () => {
    assert.throws(
      () => readProtection({ HALLMARK_TLS: 'yes' }),
      /^Error: HALLMARK_TLS=yes: expected on or off$|expected on or off/,
    );
    assert.throws(() => readProtection({ HALLMARK_OTLP_HOST: 'gateway' }), /expected an address of this machine/);
  });
});
