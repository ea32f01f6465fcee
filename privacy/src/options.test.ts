import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from './files.js';
import { compilePolicy } from './redactor.js';
import { redactRecord } from './telemetry.js';

const redactor = compilePolicy(readPolicy(), { loadPhones });

describe('an option and its value as one item of a list', () => {
  it('has the whole rest of the item as its value', () => {
    const args = (secret: string) => ['worker', `--passphrase=${secret}`, `-pin=${secret}`, '--note=aa bb', '--x'];
    assert.deepEqual(redactRecord(redactor, { args: args('aa bb cc') }).record, { args: args('****') });
    assert.equal(redactor.text(JSON.stringify(args('aa bb cc'))), JSON.stringify(args('****')));
    assert.equal(redactor.text("[ 'x', '--db-password=aa bb', 'y z' ]"), "[ 'x', '--db-password=****', 'y z' ]");
  });

  it('has none when it is switched on or off, or its key is not listed', () => {
    for (const args of [
      ['--password=true', '--no-password=false'],
      ['--token=false', '--pin=null'],
      ['--tokens-per-call=aa b'],
    ]) {
      assert.deepEqual(redactRecord(redactor, { args }).record, { args });
      assert.equal(redactor.text(JSON.stringify(args)), JSON.stringify(args));
    }
  });
});
