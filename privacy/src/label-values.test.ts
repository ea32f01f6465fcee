import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from './files.js';
import { compilePolicy } from './redactor.js';

const redactor = compilePolicy(readPolicy(), { loadPhones });

describe('the value of a listed key', () => {
  it('stands behind the operator of a filter', () => {
    for (const [text, clean] of [
      ['lastName=like=Ivanov', 'lastName=like=****'],
      ['lastName=like=Ivanov;age=gt=5', 'lastName=like=****;age=gt=5'],
      ['phone=in=(123,456);x==1', 'phone=in=(****);x==1'],
      ['password=foo=bar', 'password=****'],
    ] as const)
      assert.equal(redactor.text(text), clean);
  });

  it('stands behind a keyword', () => {
    assert.equal(redactor.text(':password "hunter2"'), ':password "****"');
    assert.equal(redactor.text('{:id 5, :password "a b", :x "y"}'), '{:id 5, :password "****", :x "y"}');
    assert.equal(redactor.text('select :status "x"'), 'select :status "x"');
  });

  it('is masked to its end, however long it is', () => {
    const long = `S3cr(t]${'aB9-'.repeat(2_000)}`;
    for (const text of [
      'password=%',
      'passphrase: %',
      'user=x password=%&y=1',
      'password: %, then',
      '(password=%)',
      'otp=%',
    ])
      assert.equal(redactor.text(text.replace('%', long)), text.replace('%', '****'));
    assert.equal(redactor.text(`password=${'1'.repeat(90)}-x next`), 'password=**** next');
    const cookies = `a=${'b'.repeat(3_000)}; c=(${'d'.repeat(9_000)})`;
    assert.equal(redactor.text(`GET /\nCookie: ${cookies}\nHost: x`), 'GET /\nCookie: ****\nHost: x');
    assert.equal(redactor.text(`sent cookie: ${cookies} to it`), 'sent cookie: ****) to it');
  });

  it('takes time in proportion to its length', () => {
    const before = process.cpuUsage().user;
    for (const part of ['password=', ')', ']x', 'passphrase: ', 'cookie=', 'Cookie: a\n', 'a=b; '])
      redactor.text(`password=${part.repeat(400_000 / part.length)}`);
    assert.ok(process.cpuUsage().user - before < 5e6);
  });

  it('is none beside its opposite', () => {
    for (const text of ['tests pass=12 fail=0', '{"fail":0,"pass":12}', 'skipped: 3, pass: 1200'])
      assert.equal(redactor.text(text), text);
    assert.equal(redactor.text('pass=hunter2 fail=0, password=12 fail=0'), 'pass=**** fail=0, password=**** fail=0');
  });
});
