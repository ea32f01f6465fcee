import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from './files.js';
import { compilePolicy } from './redactor.js';

const redactor = compilePolicy(readPolicy(), { loadPhones });
const dump = (key: string, value: string) => `array(2) {\n  ["id"]=>\n  int(42)\n  ["${key}"]=>\n  ${value}\n}`;

describe('a listed key in what PHP prints', () => {
  it('is masked by var_dump, print_r and var_export', () => {
    for (const [text, clean] of [
      [dump('passwd', 'string(12) "aa"bb cc"'), dump('passwd', 'string(12) "****"')],
      [dump('pin', 'int(9089)'), dump('pin', 'int(****)')],
      [dump('phones', 'array(1) {\n    [0]=>\n    string(3) "x 1"\n  }'), dump('phones', 'array(1) ****')],
      ['[id] => 42\n    [passwd] => x1\n    [active] => 1', '[id] => 42\n    [passwd] => ****\n    [active] => 1'],
      ["'id' => 42,\n  'passwd' => 'aa bb',", "'id' => 42,\n  'passwd' => '****',"],
    ] as const)
      assert.equal(redactor.text(text), clean);
  });

  it('stays when it has no value, or is not listed', () => {
    for (const text of [
      dump('password', 'bool(true)'),
      dump('password', 'NULL'),
      dump('status', 'string(2) "ok"'),
      dump('password', 'string(0) ""'),
      '["password"]=>\n  ["status"]=>\n  string(2) "ok"',
    ])
      assert.equal(redactor.text(text), text);
  });
});
