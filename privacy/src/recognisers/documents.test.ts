import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from '../files.js';
import { compilePolicy } from '../redactor.js';

const redactor = compilePolicy(readPolicy(), { loadPhones });

describe('a Russian passport by its form', () => {
  it('is masked alone, at the end of a sentence and behind its word', () => {
    for (const [text, clean] of [
      ['4510 123456', '****'],
      ['4510 123456, выдан', '****, выдан'],
      ['у клиента 45 10 123456.', 'у клиента ****.'],
      ['паспорт 4510 123456', 'паспорт ****'],
    ] as const)
      assert.equal(redactor.text(text), clean);
  });

  it('is none among columns of numbers', () => {
    for (const text of [
      '200 5120 153482',
      '200   5120 153482',
      '200\t5120 153482',
      'GET /x "200 5120 153482"',
      '4096 123456 0 0',
      '4096 123456    0    0',
      '4096 123456\t77',
      '4096 123456 1234',
    ])
      assert.equal(redactor.text(text), text);
  });

  it('is one among numbers too where a word says so', () => {
    assert.equal(redactor.text('паспорт 4510 123456 12'), 'паспорт **** 12');
    assert.equal(redactor.text('passport 200 4510 123456'), 'passport 200 ****');
    assert.equal(redactor.text('паспорт: 45 10 123456   77'), 'паспорт: ****   77');
  });
});
