import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ordinaryFrom, personalFrom } from './loaders.js';
import type { Sample } from './material.js';

const valuesOf = (samples: readonly Sample[]) =>
  samples.flatMap(({ text, personal }) => personal.map(({ kind, start, end }) => [kind, text.slice(start, end)]));

describe('test material of the user', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hallmark-material-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const file = async (name: string, content: string) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };

  it('is read from a list of values of one kind', async () => {
    const cards = await file('cards.txt', '4242424242424242\r\n\n5555555555554444\n');
    assert.deepEqual(valuesOf(personalFrom(`card=${cards}`)), [
      ['card', '4242424242424242'],
      ['card', '5555555555554444'],
    ]);
  });

  it('is read from lines that name kind and value, and a line without its value is named', async () => {
    const lines = await file('lines.tsv', 'phone\tcall +7 916 123-45-67 now\t+7 916 123-45-67\n');
    assert.deepEqual(valuesOf(personalFrom(lines)), [['phone', '+7 916 123-45-67']]);
    const wrong = await file('wrong.tsv', 'phone\tcall 1\t1\nphone\tcall me\t2\n');
    assert.throws(() => personalFrom(wrong), /wrong\.tsv:2: wanted 'kind<TAB>line<TAB>value'/);
  });

  it('is read from the sentences of presidio-research; what is no kind of the policy is left out', async () => {
    const text = 'Mail ann@example.com to Ann';
    const spans = [
      { entity_type: 'EMAIL_ADDRESS', entity_value: 'ann@example.com', start_position: 5, end_position: 20 },
      { entity_type: 'PERSON', entity_value: 'Ann', start_position: 24, end_position: 27 },
    ];
    const sentences = await file('sentences.json', JSON.stringify([{ full_text: text, spans }]));
    assert.deepEqual(valuesOf(personalFrom(sentences)), [['email', 'ann@example.com']]);
    const other = await file('other.json', '[{"text":"x"}]');
    assert.throws(() => personalFrom(other), /other\.json: item 1 has no full_text with spans/);
  });

  it('is read from a log as ordinary lines', async () => {
    const log = await file('app.log', 'started\n\nlistening on 8080\n');
    assert.deepEqual(ordinaryFrom(log), [
      { text: 'started', personal: [] },
      { text: 'listening on 8080', personal: [] },
    ]);
  });
});
