import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compilePolicy, loadPhones, policyMark, readPolicy } from '@hallmark/privacy';
import { blindCases } from '../planted/blind/records.js';
import { fourthCases, generatedCases, secondCases, thirdCases } from '../planted/cases.js';
import { readMachine } from '../preload/machine.js';
import { byPresidio, byReadme, type Found, ours, score } from './compare.js';
import { encodedSamples } from './encoded-material.js';
import { ordinaryFrom, personalFrom } from './loaders.js';
import { ordinarySamples, personalSamples, type Sample } from './material.js';
import { measureCollector } from './measure-collector.js';
import { measureProcess } from './measure-process.js';
import { beginFigures, type Comparison, endFigures, figuresOf } from './page.js';
import { collectorVariants } from './variants.js';

const pageFile = resolve(import.meta.dirname, '../../../docs/privacy.md');
const comparedKinds = ['card', 'phone', 'email', 'bank'];
const otherKinds = ['passport', 'tax_number', 'address', 'token', 'password', 'url_credentials'];

const usage = `Usage: npm run bench -- privacy [--seed <n>] [--seeds <n>] [--personal <file>]... [--ordinary <file>] [--no-peers] [--write]

Plants personal values and look-alikes in every place of a record and reports what is stored of them, what it costs, and how
text recognition compares with the redaction processor's README and with Microsoft Presidio (pattern recognisers, no model).

  --seed <n>         the first seed of the generator (default 1000)
  --seeds <n>        how many seeds (default 3)
  --personal <file>  material of your own, in place of the published test values; may be given more than once:
                     card=cards.txt   one value a line, all of one kind of the policy
                     lines.tsv        'kind<TAB>line<TAB>value'
                     sentences.json   a list of {full_text, spans}, as presidio-research has it
  --ordinary <file>  ordinary log lines of your own
  --no-peers         without Presidio
  --write            puts the figures into docs/privacy.md
`;

/** @returns the exit code: 1 when something leaked in the process or an ordinary line was harmed there */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1000' },
      seeds: { type: 'string', default: '3' },
      personal: { type: 'string', multiple: true },
      ordinary: { type: 'string' },
      'no-peers': { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const say = (line: string) => void process.stderr.write(`bench: ${line}\n`);
  const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => Number(values.seed) + i);
  const policy = readPolicy();
  const redactor = compilePolicy(policy, { loadPhones });
  say('in the process');
  const sets = {
    [`generator, seeds ${seeds[0]} to ${seeds.at(-1)}`]: generatedCases(seeds),
    'written by hand': secondCases(),
    [`from public documentation, seed ${seeds[0]}`]: thirdCases(seeds.slice(0, 1)),
    [`by an attacker, seed ${seeds[0]}`]: fourthCases(seeds.slice(0, 1)),
    'written blind': blindCases(),
  };
  const inProcess = measureProcess(redactor, sets);
  const collector = [];
  for (const variant of collectorVariants()) {
    say(`collector, ${variant.title}`);
    collector.push(await measureCollector(variant, sets, policyMark(policy)));
  }
  const ordinary = values.ordinary
    ? ordinaryFrom(values.ordinary)
    : ordinarySamples(Array.from({ length: 50 }, (_, i) => 5_000 + i));
  const compare = async (title: string, kinds: readonly string[], samples: readonly Sample[]): Promise<Comparison> => {
    const peers = [
      scored('Hallmark', kinds, samples, ours(redactor, samples)),
      scored("README's patterns", ['card'], samples, byReadme(samples)),
    ];
    if (!values['no-peers']) {
      say(`Presidio, ${title}`);
      peers.push(scored('Presidio', comparedKinds, samples, await byPresidio(samples, say)));
    }
    return { title, peers };
  };
  const personal = values.personal?.flatMap(personalFrom) ?? personalSamples(seeds);
  const comparisons = [
    await compare('values as they are', [...comparedKinds, ...otherKinds], [...personal, ...ordinary]),
  ];
  if (!values.personal)
    comparisons.push(
      await compare('values as logs encode them', ['phone', 'email', 'bank'], [...encodedSamples(), ...ordinary]),
    );
  const figures = figuresOf({
    machine: readMachine(),
    process: inProcess,
    collector,
    comparisons,
  });
  process.stdout.write(figures);
  if (values.write) await keep(figures);
  return inProcess.sets.some(
    ({ leaked, byChecksumAlone, named, harmed }) => leaked - byChecksumAlone - named + harmed > 0,
  )
    ? 1
    : 0;
}

function scored(title: string, kinds: readonly string[], samples: readonly Sample[], found: readonly Found[]) {
  return { title, scores: kinds.map((kind) => score(kind, samples, found)) };
}

async function keep(figures: string): Promise<void> {
  const page = await readFile(pageFile, 'utf8');
  const [start, end] = [page.indexOf(beginFigures), page.indexOf(endFigures)];
  if (start < 0 || end < start)
    throw new Error(`${pageFile}: the lines '${beginFigures}' and '${endFigures}' are missing`);
  await writeFile(pageFile, page.slice(0, start) + figures + page.slice(end + endFigures.length + 1));
}
