import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { parseRetention, RetentionError, readProfile, retentionFile } from './load.js';

const good = `version: 1
profile: mine
profiles:
  mine:
    index_per: system
    rollover: { max_age: 1d }
    keep: 30d
`;

describe('retention.yaml', () => {
  it('names a profile that holds, and those of the event catalogue', async () => {
    const { profiles } = parseRetention(await readFile(retentionFile, 'utf8'));
    assert.deepEqual(Object.keys(profiles), ['default', 'D0', 'D1', 'D2', 'D3', 'D4']);
    assert.equal((await readProfile()).keep, '30d');
  });

  for (const [what, from, to, message] of [
    ['an age without a unit', 'keep: 30d', 'keep: 30', /^r\.yaml:7:11: profiles\.mine\.keep: expected an age like 30d/],
    ['an unknown key', 'keep: 30d', 'kept: 30d', /^r\.yaml:4:3|^r\.yaml:5:5/],
    [
      'a profile that is not there',
      'profile: mine',
      'profile: yours',
      /^r\.yaml:2:10: profile: names no profile of this file/,
    ],
    ['no condition to roll over', '{ max_age: 1d }', '{}', /^r\.yaml:6:15: profiles\.mine\.rollover: expected max_age/],
    ['cold after it is deleted', 'keep: 30d', 'keep: 30d\n    cold_after: 60d', /^r\.yaml:8:17: .*shorter than keep/],
    [
      'an age above 100 years',
      'keep: 30d',
      `keep: ${'9'.repeat(29)}d`,
      /^r\.yaml:7:11: \S+: expected at most 100 years/,
    ],
    [
      'a second document',
      'keep: 30d',
      'keep: 30d\n---\na: b',
      /^r\.yaml:8:1: a second YAML document begins here; [^\n]+$/,
    ],
    ['no key at all', good, 'hello', /^r\.yaml:1:1: expected version, profile and profiles$/],
    ['nothing in it', good, '# only this\n', /^r\.yaml: is empty; expected version, profile and profiles$/],
    ['no YAML', 'rollover: {', 'rollover: [', /^r\.yaml:6:\d+: (?!.* at line)/],
  ] as const) {
    it(`is refused with line and column when it has ${what}`, () => {
      const text = good.replace(from, to);
      assert.notEqual(text, good);
      assert.throws(
        () => parseRetention(text, 'r.yaml'),
        (error) => error instanceof RetentionError && message.test(error.message),
      );
    });
  }

  it('is refused in one line with its name when it is not there, or a folder', async () => {
    await assert.rejects(readProfile('nope.yaml'), {
      name: 'RetentionError',
      message: `nope.yaml: there is no such file; an example is ${retentionFile}`,
    });
    await assert.rejects(readProfile('/'), { message: `/: is a folder; expected a file like ${retentionFile}` });
  });
});
