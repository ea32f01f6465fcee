import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const configurationFile = resolve(import.meta.dirname, '../../../collector/otel-collector.yaml');

export interface CollectorVariant {
  readonly title: string;
  readonly processors: string;
  readonly names: readonly string[];
}

/** The redaction processor as its README shows it: two card patterns, over all keys. */
const readme = `  redaction:
    allow_all_keys: true
    blocked_values: ['4[0-9]{12}(?:[0-9]{3})?', '(5[1-5][0-9]{14})']
    summary: info`;

/** The generated processors, in their order. */
const rules = ['transform/suspect', 'transform/redact', 'transform/redacted'];

/** Twelve plain patterns over everything: what can be written by hand in the redaction processor. */
const twelve = `  redaction:
    allow_all_keys: true
    redact_all_types: true
    summary: info
    blocked_key_patterns: ['(?i)(password|passwd|token|secret|card|cvv|authorization|cookie|api[_-]?key|phone|e-?mail|full_?name|passport|birth)']
    blocked_values:
      - '\\b(?:[2-6]\\d{3})(?:[ \\-\\.]?\\d{4}){2}[ \\-\\.]?\\d{1,7}\\b|\\b3[47]\\d{2}[ \\-]?\\d{6}[ \\-]?\\d{5}\\b'
      - '\\+\\d{1,3}(?:[ \\-\\.\\(\\)]*\\d){7,12}\\b|\\b8[ \\-\\(\\)]*9\\d{2}(?:[ \\-\\)]*\\d){7}\\b|\\(\\d{3}\\)[ \\-]*\\d{3}[ \\-]?\\d{4}\\b'
      - '[\\p{L}\\p{N}._%+\\-]+@[\\p{L}\\p{N}\\-]+(?:\\.[\\p{L}\\p{N}\\-]+)+'
      - '\\beyJ[\\w\\-]+\\.[\\w\\-]+\\.[\\w\\-]*'
      - '(?i)\\b(?:bearer|basic) +[\\w\\-\\.=~+/]+'
      - '\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\\b'
      - '\\b\\d{4} \\d{6}\\b'
      - '\\b\\d{3}-\\d{3}-\\d{3}[ \\-]\\d{2}\\b'
      - '(?i)(?:инн|inn)[ :]*\\d{10,12}'
      - '(?i)(?:\\bг\\.|\\bул\\.)[^"\\n]{0,80}?(?:кв|д)\\. *\\d+'
      - '\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b'
      - '://[^/\\s:@"]+:[^@\\s/"]+@'`;

/**
 * The collector with nothing, with the README's patterns, with twelve, with what the policy makes, and with all that a record meets on
 * its way to where it is stored.
 */
export function collectorVariants(): readonly CollectorVariant[] {
  const configuration = readFileSync(configurationFile, 'utf8');
  const generated = configuration.slice(
    configuration.indexOf('  # >>> generated'),
    configuration.indexOf('  # <<< generated'),
  );
  return [
    { title: 'no redaction', processors: '', names: [] },
    { title: "redaction processor, its README's patterns", processors: readme, names: ['redaction'] },
    { title: 'redaction processor, twelve patterns', processors: twelve, names: ['redaction'] },
    {
      title: 'generated from the policy',
      processors: generated,
      names: rules,
    },
    {
      title: 'the whole way, with the rules',
      processors: configuration.slice(
        configuration.indexOf('\nprocessors:\n') + '\nprocessors:\n'.length,
        configuration.indexOf('\nexporters:\n'),
      ),
      names: ['transform/prepare', ...rules, 'transform/keys'],
    },
  ];
}
