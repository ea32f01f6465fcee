import assert from 'node:assert/strict';
import { type ChildProcess, type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findStory, storyLines, summarise } from '@hallmark/lookup';
import { environmentLines, freePort } from '@hallmark/stack';
import { finishOrder, placeOrder, waitForStatus } from 'customers';
import { eventually } from './eventually.js';
import { theWorld, type World, worldStartMs } from './world.js';

const root = resolve(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

describe("the README's service of the reader's own", function () {
  this.timeout(worldStartMs);
  let world: World;
  let folder: string;
  let port: number;
  let service: ChildProcess | undefined;

  before(async () => {
    world = await theWorld();
    folder = await mkdtemp(join(tmpdir(), 'hallmark-readme-'));
    port = await freePort();
    await writeFile(join(folder, 'stack.env'), environmentLines(world.stack.env));
  });

  after(async () => {
    if (service?.kill()) await once(service, 'exit');
    await rm(folder, { recursive: true, force: true });
  });

  it('is installed, runs, answers, and its record is found by the number', async () => {
    const [program] = blocks('js');
    const [install, start, ask] = blocks('sh').map(here);
    assert.ok(program && install && start && ask);
    sh(install, root);
    await writeFile(join(folder, 'my-service', 'service.js'), program.replace('8080', String(port)));
    service = spawn('sh', ['-c', `exec ${start}`], { cwd: join(folder, 'my-service'), stdio: 'ignore' });
    const story = await eventually(() => sh(ask, join(folder, 'my-service')));
    assert.match(story, /^polished$/m);
    assert.match(story, /my-service/);
    assert.match(story, /ring\.polished/);
  });

  it('has a catalogue of its own, each row of which is found, and what is missing is told', async () => {
    const section = readme.slice(readme.indexOf('## A catalogue of your own'), readme.indexOf('## With Docker'));
    const [catalogue = '', check = ''] = ['yaml', 'sh'].map((language) => blocks(language, section)[0]);
    const file = join(folder, 'my-service', 'catalogue.yaml');
    await writeFile(file, catalogue);
    await eventually(() => {
      const { stdout, status } = run(here(check), root);
      assert.match(stdout, /^✓ +my-service +ring\.polished +\d+ +npm run lookup -- order ORD-README2345$/m);
      assert.match(stdout, /^3 of 3 found, 0 missing, 0 may wait; \d+ values of another type than declared in \d/m);
      assert.equal(status, 0);
    }, 60_000);
    await writeFile(file, `${catalogue}    - { event: ring.lost, severity: WARN }\n`);
    const { stdout, status } = run(here(check), root);
    assert.match(stdout, /^✗ +my-service +ring\.lost +0 +not found$/m);
    assert.equal(status, 1);
  });

  it('has at most nine lines', () => {
    const [program = ''] = blocks('js');
    assert.ok(
      program
        .trim()
        .split('\n')
        .filter((line) => line !== '').length <= 9,
    );
  });

  /** The README's commands, in folders, with an address and a port of this run. */
  function here(commands: string): string {
    return commands
      .replaceAll('../my-service', join(folder, 'my-service'))
      .replaceAll('../hallmark/.hallmark/stack.env', join(folder, 'stack.env'))
      .replaceAll('../hallmark', root)
      .replaceAll('8080', String(port));
  }

  function run(commands: string, cwd: string): SpawnSyncReturns<string> {
    const { LOOKUP_ELASTICSEARCH_URL, LOOKUP_JOURNAL_URL } = world.stack.env;
    const env = { ...process.env, LOOKUP_ELASTICSEARCH_URL, LOOKUP_JOURNAL_URL };
    return spawnSync('sh', ['-ec', commands], { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** What they print; throws where they fail. */
  function sh(commands: string, cwd: string): string {
    const { stdout, stderr, status } = run(commands, cwd);
    assert.equal(status, 0, `${commands}${stdout}${stderr}`);
    return stdout;
  }
});

describe("the README's picture of a story", function () {
  this.timeout(worldStartMs);

  it('has the same header, services and events as a story that is told now', async () => {
    const { company, client } = await theWorld();
    const placed = await placeOrder(company.urls, { seed: 300, triangles: 7_000 });
    await waitForStatus(placed, 'priced');
    await finishOrder(company.staff, placed);
    const told = await eventually(async () => {
      const story = await findStory(client, { orderId: placed.orderId });
      assert.equal(summarise(story).statusPath.at(-1), 'finished');
      assert.equal(story.verdict, 'whole');
      return [...storyLines(story, { width: 100, colours: false, all: false })];
    }, 60_000);
    const picture = /^Order ORD.*?(?=^```)/ms.exec(readme)?.[0].trimEnd().split('\n') ?? [];
    const clickOfToday = told.slice(
      0,
      told.findIndex((line) => line.startsWith('── looked at')),
    );
    assert.deepEqual(new Set(landmarks(picture)), new Set(landmarks(clickOfToday)));
  });
});

/** What of a story's lines is the same for each order: labels, services, routes, queues and events. */
function landmarks(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const label = /^ {2}(customer|status|price|when|services|read)\b/.exec(line)?.[1];
    const event = /· ([a-z0-9_]+\.[a-z_]+)/.exec(line)?.[1];
    const span = /[✓✗] ((?:POST|PUT|GET|→|←) \S+)/.exec(line)?.[1];
    const service = /^ +[\d.]+ {2}([a-z0-9-]+) /.exec(line)?.[1];
    return [label, event, span, service].flatMap((mark) => mark ?? []);
  });
}

describe("the README and the project's other pages", () => {
  it('link only to files that are there', () => {
    for (const page of ['README.md', 'docs/architecture.md', 'docs/dependencies.md']) {
      const text = readFileSync(join(root, page), 'utf8');
      for (const [, target = ''] of text.matchAll(/\]\((?!http)([^)#]+)/g)) {
        assert.ok(existsSync(resolve(root, page, '..', target)), `${page} links to ${target}`);
      }
    }
  });

  it('name every command that package.json has, and no other', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const named = new Set([...readme.matchAll(/npm (?:run )?(\w+)/g)].map(([, name]) => name));
    const other = ['pack', 'init', 'install', 'ci'];
    assert.deepEqual([...named].filter((name) => name && !other.includes(name)).sort(), Object.keys(scripts).sort());
  });

  it('name every variable that the preload reads beside the standard ones', () => {
    const page = readFileSync(join(root, 'instrumentation/README.md'), 'utf8');
    const named = new Set([...page.matchAll(/^\| `(HALLMARK_\w+)`/gm)].map(([, name]) => name));
    const source = globSync('instrumentation/src/{settings,entry}/*.ts', { cwd: root, exclude: ['**/*.test.ts'] });
    const texts = source.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
    const read = new Set([...texts.matchAll(/'(HALLMARK_\w+)'/g)].map(([, name]) => name));
    assert.deepEqual([...named].sort(), [...read].sort());
  });

  it('give a reason for every dependency, a line each', () => {
    const page = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');
    const listed = new Set([...page.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name));
    assert.deepEqual([...listed].sort(), [...dependencies()].sort());
  });
});

const ownService = readme.slice(readme.indexOf('## A service of your own'), readme.indexOf('## The doors'));

/** The code blocks of a section of the README. */
function blocks(language: string, section = ownService): string[] {
  return [...section.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block);
}

/** What the workspaces take from registries. */
function dependencies(): Set<string> {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const names = new Set<string>();
  for (const [path, own] of Object.entries<Record<string, Record<string, string>>>(packages)) {
    if (path.includes('node_modules')) continue;
    for (const name of Object.keys({ ...own.dependencies, ...own.devDependencies })) {
      if (!packages[`node_modules/${name}`]?.link) names.add(name);
    }
  }
  return names;
}
