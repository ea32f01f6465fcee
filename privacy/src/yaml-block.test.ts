import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from './files.js';
import { compilePolicy } from './redactor.js';

const redactor = compilePolicy(readPolicy(), { loadPhones });

describe('a listed key of YAML whose value stands below it', () => {
  const cases: Record<string, [text: string, clean: string][]> = {
    'is masked in a text of several lines': [
      ['password: |\n  hunter2', 'password: |\n  ****'],
      ['db:\n  password: >-\n    hun\n\n    ter2\n  port: 5432', 'db:\n  password: >-\n    ****\n  port: 5432'],
    ],
    'is masked in a list': [
      ['password:\n  - hunter2', 'password:\n  - ****'],
      ['a:\r\n  emails:\r\n  - jane\r\n  - joe\r\n  x: 1', 'a:\r\n  emails:\r\n  - ****\r\n  x: 1'],
    ],
    'is masked as one word': [['token: # ours\n  abc123\n', 'token: # ours\n  ****\n']],
  };
  for (const [what, texts] of Object.entries(cases)) {
    it(what, () => {
      for (const [text, clean] of texts) {
        assert.equal(redactor.text(text), clean);
        assert.equal(redactor.text(clean), clean);
      }
    });
  }

  it('has none in a sentence, a stack or keys of its own', () => {
    for (const text of [
      'Error: invalid phone:\n    at check (app.js:1:2)',
      'invalid password:\n    at check (app.js:1:2)',
      'password:\n  required: true\nother: 1',
      'password:\nnext line',
    ])
      assert.equal(redactor.text(text), text);
  });

  it('takes time in proportion to the length', function () {
    this.timeout(20_000);
    for (const seed of ['password:\n  - a\n', 'password: |\n', ' password:\n - password:\n']) {
      const before = process.cpuUsage().user;
      redactor.text(seed.repeat(500_000 / seed.length));
      assert.ok(process.cpuUsage().user - before < 5e6, seed);
    }
  });
});
