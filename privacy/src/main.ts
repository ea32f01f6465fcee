// Entry of `npm run redact`: shows what becomes of a text or record, scans what is stored, writes the collector's part.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { generatedBlock } from './collector/generate.js';
import { difference, spliced } from './collector/splice.js';
import { defaultPolicyFile, loadPhones, readPolicy, readText } from './files.js';
import { compilePolicy } from './redactor.js';
import { everyStream, scanStored } from './scan.js';
import { showRecord, showText } from './show.js';

const configurationFile = resolve(import.meta.dirname, '../../collector/otel-collector.yaml');

const usage = `Usage: npm run redact -- '<text>' | --file <sample.json> | --scan <days> [--streams <names>] | --generate [--force] | --check

Shows what becomes of a text or a record in the service's process and in the collector, and which rule did it.

  '<text>'          one text
  --file <file>     one record as JSON, or one JSON record a line
  --scan <days>     samples what Elasticsearch has stored in the last days and reports what should not be there: counts and
                    places, never values. Reads ELASTICSEARCH_URL, or .hallmark/stack.env
  --streams <names> with --scan: these data streams only, such as 'logs-shop_api.otel-*'
  --generate        writes the processors made from the policy into collector/otel-collector.yaml, between its markers; a hand edit
                    between them is refused, and discarded with --force
  --check           says whether they are what the policy makes; exit code 1 when not
  --policy <file>   another policy than privacy/policy.yaml

HALLMARK_HMAC_KEY is the key of what is replaced by a hash. Exit codes: 0 nothing personal, 1 something found (or a
difference), 2 an error.
`;

// A reader that has seen enough, such as head, closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`npm run redact: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: {
      file: { type: 'string' },
      scan: { type: 'string' },
      streams: { type: 'string', default: everyStream },
      generate: { type: 'boolean' },
      force: { type: 'boolean' },
      check: { type: 'boolean' },
      policy: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const policy = readPolicy(values.policy ?? defaultPolicyFile);
  const redactor = compilePolicy(policy, {
    loadPhones,
    hmacKey: process.env.HALLMARK_HMAC_KEY,
    onMissingKey: () =>
      process.stderr.write('npm run redact: HALLMARK_HMAC_KEY is not set: what would be hashed is masked\n'),
  });
  if (values.generate || values.check) return values.generate ? generate() : check();
  if (values.scan !== undefined) return scanStored(redactor, values.scan, values.streams);
  if (values.file) return showRecord(redactor, policy, readText(values.file), values.file);
  const [text] = positionals;
  if (text === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  return showText(redactor, policy, positionals.join(' '));

  function generate(): number {
    const before = readFileSync(configurationFile, 'utf8');
    const after = spliced(before, generatedBlock(policy), configurationFile, values.force);
    if (after !== before) writeFileSync(configurationFile, after);
    process.stderr.write(
      `npm run redact: ${configurationFile} ${after === before ? 'was up to date' : 'is written'}\n`,
    );
    return 0;
  }

  function check(): number {
    const found = difference(readFileSync(configurationFile, 'utf8'), generatedBlock(policy), configurationFile);
    if (found) process.stderr.write(`${found}\n`);
    return found ? 1 : 0;
  }
}
