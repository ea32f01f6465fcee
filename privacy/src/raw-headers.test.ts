import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from './files.js';
import { compilePolicy } from './redactor.js';
import { redactRecord } from './telemetry.js';

const redactor = compilePolicy(readPolicy(), { loadPhones });
const sent = (secret: string) => ['Accept', '*/*', 'X-Pwd', secret, 'X-Passport', secret, 'Connection', 'close'];

describe('a list of headers', () => {
  it('has the values of all listed names masked, in a record and in a text', () => {
    for (const key of ['rawHeaders', 'headers', 'request.headers']) {
      assert.deepEqual(redactRecord(redactor, { [key]: sent('Zz q1') }).record, { [key]: sent('****') });
      assert.equal(redactor.text(JSON.stringify({ [key]: sent('Zz q1') })), JSON.stringify({ [key]: sent('****') }));
    }
    assert.equal(
      redactor.text("rawHeaders: [ 'Host', 'shop', 'X-Pwd', 'Zz q1', 'Acc"),
      "rawHeaders: [ 'Host', 'shop', 'X-Pwd', '****', 'Acc",
    );
  });

  it('is none when it holds names of columns, or stands under another key', () => {
    for (const record of [
      { headers: ['phone', 'city'] },
      { headers: ['Id', 'Phone', 'City', 'Passport'] },
      { headers: ['id', 'phone', 'x1'] },
      { fields: ['Accept', '*/*', 'Phone', 'x1'] },
    ]) {
      assert.deepEqual(redactRecord(redactor, record).record, record);
      assert.equal(redactor.text(JSON.stringify(record)), JSON.stringify(record));
    }
  });
});
