import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from './files.js';
import { compilePolicy } from './redactor.js';
import { redactRecord } from './telemetry.js';

const redactor = compilePolicy(readPolicy(), { loadPhones });

describe('a listed key and its value', () => {
  it('are found in the change of a JSON patch', () => {
    const change = (path: string, value: string) => ({ op: 'replace', path, value });
    for (const path of ['/email', '/user/phone', '/phones/0', 'user.phone']) {
      assert.deepEqual(redactRecord(redactor, change(path, 'zz9zz')).record, change(path, '****'));
      const text = JSON.stringify([change(path, 'zz9zz')]);
      assert.equal(redactor.text(text), JSON.stringify([change(path, '****')]));
    }
    const ordinary = change('/orders/7/status', 'zz9zz');
    assert.deepEqual(redactRecord(redactor, ordinary).record, ordinary);
  });

  it('are found as two items of a list', () => {
    for (const [text, clean] of [
      ['[["authorization","Zz123q"]]', '[["authorization","****"]]'],
      ['[["city","Kazan"],["phone",12345], ["x","y"]]', '[["city","Kazan"],["phone",****], ["x","y"]]'],
      ["[ [ 'authorization', 'Zz123q' ] ]", "[ [ 'authorization', '****' ] ]"],
      ['[("password", "a b")]', '[("password", "****")]'],
    ] as const)
      assert.equal(redactor.text(text), clean);
    for (const text of ['["phone","city"]', '[["phone","email"]]', '[["password",true]]', 'x[0][["phone", "a", "b"]]'])
      assert.equal(redactor.text(text), text);
  });

  it('are found as the name of a header and the next item of a list', () => {
    for (const [text, clean] of [
      [
        '{"rawHeaders":["Host","shop","Authorization","Zz123q"]}',
        '{"rawHeaders":["Host","shop","Authorization","****"]}',
      ],
      ["[ 'cookie', 'theme=dark; basket=k7' ]", "[ 'cookie', '****' ]"],
    ] as const)
      assert.equal(redactor.text(text), clean);
    const names = '{"cors":["Authorization","Content-Type"]}';
    assert.equal(redactor.text(names), names);
  });
});
