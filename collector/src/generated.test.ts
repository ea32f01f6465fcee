import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readPolicy } from '@hallmark/privacy';
import { difference, generatedBlock } from '@hallmark/privacy/collector';

const file = resolve(import.meta.dirname, '../otel-collector.yaml');
const configuration = readFileSync(file, 'utf8');
const block = generatedBlock(readPolicy());

describe('the generated part of the configuration', () => {
  it('is what the policy makes', () => {
    assert.equal(difference(configuration, block, file), undefined);
  });

  it('is told from a hand edit by its line, with the command that helps', () => {
    const line = configuration.slice(0, configuration.indexOf('transform/suspect:')).split('\n').length;
    const edited = configuration.replace('  transform/suspect:', '  transform/suspect: # mine');
    assert.match(
      difference(edited, block, file) ?? '',
      new RegExp(`otel-collector\\.yaml:${line}: .*npm run redact -- --generate`),
    );
  });
});
