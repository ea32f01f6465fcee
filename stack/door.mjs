// Every npm script enters here: it makes the checkout ready (packages, the pinned Node, the build), then runs
// the command on the pinned Node. It is the one file in plain JavaScript, because it has to run before anything
// is installed, on whatever Node the machine has.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const binFolder = join(root, 'node_modules', '.bin');
const pinnedNode = join(binFolder, 'node');
const stateFolder = join(root, '.hallmark');
const progressIntervalMs = 5_000;
const lockPollMs = 500;
const parentPollMs = 1_000;
const longestQuoteLines = 15;

/** What a door runs once the checkout is ready; `build` ends there. */
const entries = {
  build: undefined,
  bench: 'bench/dist/main.js',
  catalogue: 'catalogue/dist/main.js',
  demo: 'demo-services/company/dist/demo.js',
  lookup: 'lookup/dist/main.js',
  redact: 'privacy/dist/main.js',
  stack: 'stack/dist/main.js',
  test: 'test/dist/run.js',
};

const [door = '', ...args] = process.argv.slice(2);
try {
  if (!Object.hasOwn(entries, door)) {
    throw new Error(`there is no door '${door}'; the doors are: ${Object.keys(entries).join(', ')}`);
  }
  await holdingTheLock(async () => {
    await installPackages();
    await build();
  });
  const entry = entries[door];
  if (entry) await become(join(root, entry));
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}

/** Installs what package-lock.json says, once for each of its versions. */
async function installPackages() {
  const stamp = join(root, 'node_modules', '.hallmark-installed');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(pinnedNode) && readIfThere(stamp) === wanted) return;
  // npm puts node_modules/.bin first in PATH: npm itself must not run on the Node that it is about to replace.
  const { npm_execpath: npmCli, npm_node_execpath: npmNode } = process.env;
  const outside = { ...process.env, PATH: pathWithoutBin() };
  const [command, prefix] = npmCli && npmNode && !npmNode.startsWith(root) ? [npmNode, [npmCli]] : ['npm', []];
  await step(
    'installing npm packages',
    command,
    [...prefix, 'ci', '--loglevel=error', '--no-audit', '--no-fund'],
    outside,
  );
  if (!existsSync(pinnedNode)) {
    throw new Error(
      `npm installed no Node at ${pinnedNode}: is the install script of 'node' allowed ('npm ci' tells)?`,
    );
  }
  writeFileSync(stamp, wanted);
}

/** Compiles the workspaces and bundles the preload when a source is newer than the last build. */
async function build() {
  const stamp = join(stateFolder, 'built');
  const newest = newestSourceMs();
  if (existsSync(stamp) && Number(readIfThere(stamp)) >= newest && outputsExist()) return;
  await step('compiling', pinnedNode, [join(root, 'node_modules/typescript/bin/tsc'), '-b']);
  await step('bundling the preload', pinnedNode, [join(root, 'instrumentation/build.mjs')]);
  writeFileSync(stamp, String(newest));
}

function outputsExist() {
  const outputs = Object.values(entries).filter((entry) => entry !== undefined);
  return [...outputs, 'instrumentation/dist/instrumentation.cjs'].every((file) => existsSync(join(root, file)));
}

/** The latest change among what the build reads, in ms since 1970: an edit, a new file and a deleted one all move it. */
function newestSourceMs() {
  const folders = ['.', ...workspaces()].map((folder) => join(root, folder));
  let newest = 0;
  for (const folder of folders) {
    for (const name of ['package.json', 'tsconfig.json', 'tsconfig.base.json', 'build.mjs', 'policy.yaml']) {
      newest = Math.max(newest, changedMs(join(folder, name)));
    }
    newest = Math.max(newest, newestBelowMs(join(folder, 'src')));
  }
  return newest;
}

function workspaces() {
  const { workspaces: patterns } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return patterns.flatMap((pattern) => {
    if (!pattern.endsWith('/*')) return [pattern];
    const parent = pattern.slice(0, -2);
    return readdirSync(join(root, parent)).map((name) => join(parent, name));
  });
}

function newestBelowMs(folder) {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true }).reduce((newest, item) => {
    const path = join(folder, item.name);
    return Math.max(newest, item.isDirectory() ? newestBelowMs(path) : changedMs(path));
  }, changedMs(folder));
}

function changedMs(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Runs one step of the set-up quietly; what it printed is shown when it fails. */
async function step(what, command, commandArgs, env = process.env) {
  const startedMs = Date.now();
  say(`${what} …`);
  const ticker = setInterval(() => say(`${what} … ${seconds(startedMs)} s`), progressIntervalMs);
  let printed = '';
  const child = spawn(command, commandArgs, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', (chunk) => (printed += chunk));
  child.stderr.on('data', (chunk) => (printed += chunk));
  const code = await new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`${what}: can't run ${command}: ${error.message}`)));
    child.on('close', resolve);
  }).finally(() => clearInterval(ticker));
  if (code !== 0) throw new Error(`${what} failed (exit code ${code}):\n${beginning(printed)}`);
  if (Date.now() - startedMs > progressIntervalMs) say(`${what}: done in ${seconds(startedMs)} s`);
}

/** Runs the command in this process's place: same streams, same signals, same end. */
async function become(entry) {
  const env = { ...process.env, PATH: [binFolder, pathWithoutBin()].join(delimiter) };
  const child = spawn(pinnedNode, ['--enable-source-maps', entry, ...args], { stdio: 'inherit', env });
  // A terminal sends Ctrl-C to the child too; `kill` reaches only this process.
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGQUIT']) process.on(signal, () => child.kill(signal));
  process.on('SIGINT', () => child.kill('SIGINT'));
  // npm killed with -9 tells nobody: what it started must not outlive it.
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || child.kill('SIGTERM'), parentPollMs).unref();
  const [code, signal] = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (...end) => resolve(end));
  });
  process.exitCode = code ?? 128 + constants.signals[signal];
}

/** Two doors of one checkout don't set up at once: the second waits for the first. */
async function holdingTheLock(work) {
  mkdirSync(stateFolder, { recursive: true });
  const lock = join(stateFolder, 'setup.lock');
  let said = false;
  while (!tryLock(lock)) {
    if (!said) say(`waiting for another command that sets up this checkout (process ${readIfThere(lock)})`);
    said = true;
    await new Promise((resolve) => setTimeout(resolve, lockPollMs));
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function tryLock(lock) {
  const holder = Number(readIfThere(lock) || Number.NaN);
  if (holder > 0 && !isAlive(holder)) rmSync(lock, { force: true });
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function pathWithoutBin() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.filter((folder) => !folder.startsWith(join(root, 'node_modules'))).join(delimiter);
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** The cause stands at the beginning of what tsc and npm print; npm adds its whole usage to it. */
function beginning(printed) {
  return printed.trim().split('\n').slice(0, longestQuoteLines).join('\n');
}

function seconds(startedMs) {
  return Math.round((Date.now() - startedMs) / 1000);
}

function say(line) {
  process.stderr.write(`hallmark: ${line}\n`);
}
