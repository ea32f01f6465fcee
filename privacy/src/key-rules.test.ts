import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from './files.js';
import { compilePolicy } from './redactor.js';
import { redactRecord } from './telemetry.js';

const redactor = compilePolicy(readPolicy(), { loadPhones });

describe('a key that ends both in a listed key and in one that is never touched', () => {
  it('is listed when the listed ending is the longer one', () => {
    const date = '1985-03-12';
    for (const key of ['birth_date', 'birthDate', 'user.birth.date', 'expiryDate', 'card.expiry.date']) {
      assert.deepEqual(redactRecord(redactor, { [key]: date }).record, { [key]: '****' });
      assert.equal(redactor.text(`${key}: ${date}`), `${key}: ****`);
    }
    const { record } = redactRecord(redactor, {
      body: `{"birth_date":"${date}","date":"${date}"}`,
      'url.query': `birth_date=${date}&date=${date}`,
    });
    assert.deepEqual(record, {
      body: `{"birth_date":"****","date":"${date}"}`,
      'url.query': `birth_date=****&date=${date}`,
    });
  });

  it('is never touched when that ending is as long, or longer', () => {
    const record = { 'pool.address': '0x7ffe', 'client.address': '10.0.0.1', 'order.date': '1985-03-12' };
    assert.deepEqual(redactRecord(redactor, record).record, record);
    assert.equal(redactor.text('address: 10.0.0.1:80'), 'address: 10.0.0.1:80');
  });
});
