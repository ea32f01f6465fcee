import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const main = resolve(import.meta.dirname, 'main.js');

describe('npm run redact -- --file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallmark-redact-'));
  after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'sample.json');
  const run = (path: string) => spawnSync(process.execPath, [main, '--file', path], { encoding: 'utf8' });

  const faults: [what: string, content: string, message: string][] = [
    ['an empty file', '', 'the file is empty; it must hold one record as JSON, or one a line'],
    ['a file of a byte order mark', '\ufeff\n', 'the file is empty; it must hold one record as JSON, or one a line'],
    ['an empty list', '[]', 'there is no record in it; it must hold one record as JSON, or one a line'],
  ];
  for (const [what, content, message] of faults) {
    it(`says in one line what is wrong with ${what}`, () => {
      writeFileSync(file, content);
      const { status, stdout, stderr } = run(file);
      assert.deepEqual([status, stdout, stderr], [2, '', `npm run redact: ${file}: ${message}\n`]);
    });
  }

  it('says in one line what is wrong with a folder, and with a file that is not there', () => {
    assert.equal(run(folder).stderr, `npm run redact: ${folder}: is a folder; name a file in it\n`);
    assert.equal(run(`${file}.no`).stderr, `npm run redact: ${file}.no: there is no such file\n`);
  });

  it('reads a record behind a byte order mark', () => {
    writeFileSync(file, '\ufeff{"phone":"12345"}');
    const { status, stdout } = run(file);
    assert.equal(status, 1);
    assert.match(stdout, /"phone": "\*{4}"/);
  });

  it('says nothing of a reader that has gone', () => {
    const { stderr } = spawnSync('sh', ['-c', '"$0" "$1" "call 12345" | true', process.execPath, main], {
      encoding: 'utf8',
    });
    assert.equal(stderr, '');
  });
});
