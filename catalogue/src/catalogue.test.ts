import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCatalogue, WrongCatalogue } from './catalogue.js';

describe('a catalogue', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const written = (text: string) => {
    const file = join(folder, 'catalogue.yaml');
    writeFileSync(file, text);
    return file;
  };

  it('needs no more than event and severity of a row', () => {
    const [row] = readCatalogue(written('systems: { my-service: [{ event: ring.polished, severity: INFO }] }'));
    assert.deepEqual(row, {
      system: 'my-service',
      event: 'ring.polished',
      severity: ['INFO'],
      fields: [],
      by: 'service',
      trace: true,
      mayWait: false,
    });
  });

  it('asks for the module of each line of a service where its identity has it', () => {
    const systems = 'systems: { a: [{ event: a.b, severity: INFO }, { event: a.c, severity: INFO, by: preload }] }';
    const fields = (text: string) => readCatalogue(written(text)).map((row) => row.fields);
    assert.deepEqual(fields(systems), [[], []]);
    assert.deepEqual(fields(`identity: [{ field: attributes.code.namespace }]\n${systems}`), [['code.namespace'], []]);
  });

  it('asks for a trace where something happens in a request, and of a system only where it says so', () => {
    const rows = readCatalogue();
    const withTrace = (by: string) => rows.filter((row) => row.by === by && row.trace).map(({ event }) => event);
    const without = (by: string) => rows.filter((row) => row.by === by && !row.trace).map(({ event }) => event);
    assert.deepEqual(withTrace('system'), ['message.transferred', 's3.access']);
    assert.deepEqual(without('preload'), ['service.started', 'service.stopped', 'service.failed']);
    assert.deepEqual(without('service'), []);
  });

  const wrong: Record<string, [string, RegExp]> = {
    'no YAML': ['systems: [', /catalogue\.yaml: .*line 1, column \d+$/],
    'a list': ['- a', /catalogue\.yaml: the file: .*expected object/],
    'no systems': ['{}', /catalogue\.yaml: systems: /],
    'no system': ['systems: {}', /catalogue\.yaml: systems: names no system/],
    'a system without rows': ['systems: { a: [] }', /systems\.a: holds no row/],
    'an unknown severity': ['systems: { a: [{ event: a.b, severity: LOUD }] }', /systems\.a\.0\.severity: /],
    'a misspelt key': ['systems: { a: [{ event: a.b, severity: INFO, feilds: [] }] }', /systems\.a\.0: .*feilds/],
    'an event of one word': ['systems: { a: [{ event: a, severity: INFO }] }', /must be words with dots between them/],
  };
  for (const [what, [text, message]] of Object.entries(wrong)) {
    it(`is refused in one line that names the place: ${what}`, () => {
      assert.throws(
        () => readCatalogue(written(text)),
        (error: Error) => error instanceof WrongCatalogue && message.test(error.message) && !/\n/.test(error.message),
      );
    });
  }

  it('is refused in one line where there is no such file', () => {
    assert.throws(() => readCatalogue(join(folder, 'none.yaml')), /none\.yaml: ENOENT/);
  });
});
