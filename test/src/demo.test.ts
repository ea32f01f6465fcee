import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { eventually } from './eventually.js';

const root = resolve(import.meta.dirname, '../..');
/** Two demos at once on two cores, each with `npm ci` and a build before it. */
const twoClonesMs = 600_000;

describe('npm run demo -- --once', function () {
  this.timeout(twoClonesMs);
  let folders: string[] = [];

  after(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });

  it('ends with a whole story in two clones side by side, and leaves nothing behind', async () => {
    folders = await Promise.all([1, 2].map(() => mkdtemp(join(tmpdir(), 'clone-of-hallmark-'))));
    const runs = folders.map(async (folder) => {
      execFileSync('git', ['clone', '--quiet', root, folder]);
      const demo = start(folder, ['run', 'demo', '--', '--once']);
      const [story, talk, [code]] = await Promise.all([text(demo.stdout), text(demo.stderr), once(demo, 'exit')]);
      assert.equal(code, 0, talk);
      return { story, talk };
    });
    for (const { story, talk } of await Promise.all(runs)) {
      assert.match(story, /^Order ORD-[A-Z2-7]{10} {2}✓ whole$/m);
      for (const service of ['internet-shop', 'shop-api', '3d-file-storage', 'crm-api', 'mes-api']) {
        assert.match(story, new RegExp(`^ .*\\b${service}\\b`, 'm'));
      }
      assert.match(story, /order\.status_changed {2}in_production → finished/);
      assert.match(talk, /could not be priced: its model has a hole/);
      await nothingIsLeftOf(runFolderIn(talk), portsIn(talk));
    }
  });
});

describe('a demo whose starter is killed with -9', function () {
  this.timeout(twoClonesMs);

  it('leaves no process and no port, and the next one runs', async () => {
    const demo = start(root, ['run', 'demo']);
    let talk = '';
    demo.stderr.on('data', (chunk) => {
      talk += chunk;
    });
    demo.stdout.resume();
    await eventually(() => assert.match(talk, /everything is up/), 180_000);
    const starter = processesWith('demo-services/company/dist/demo.js').find((pid) => descendsFrom(pid, demo.pid));
    assert.ok(starter);
    process.kill(starter, 'SIGKILL');
    await once(demo, 'exit');
    await nothingIsLeftOf(runFolderIn(talk), portsIn(talk));

    const next = start(root, ['run', 'demo', '--', '--once', '--orders', '1']);
    const [, nextTalk, [code]] = await Promise.all([text(next.stdout), text(next.stderr), once(next, 'exit')]);
    assert.equal(code, 0, nextTalk);
  });
});

function start(
  folder: string,
  args: string[],
): ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream } {
  return spawn('npm', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
}

function runFolderIn(talk: string): string {
  return /logs and data: (\S+)/.exec(talk)?.[1] ?? assert.fail(`no run folder in: ${talk}`);
}

function portsIn(talk: string): number[] {
  return [...talk.matchAll(/(?:127\.0\.0\.1:|port )(\d+)/g)].map(([, port]) => Number(port));
}

async function nothingIsLeftOf(runFolder: string, ports: number[]): Promise<void> {
  assert.ok(ports.length >= 9, `${ports.length} ports`);
  await eventually(async () => {
    assert.deepEqual(processesWith(runFolder), []);
    const taken = await Promise.all(ports.map(async (port) => ((await isTaken(port)) ? [port] : [])));
    assert.deepEqual(taken.flat(), []);
  });
}

/** The processes whose command line or first environment holds this text. */
function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter(
      (pid) =>
        pid > 0 && pid !== process.pid && ['cmdline', 'environ'].some((file) => readProc(pid, file).includes(text)),
    );
}

function descendsFrom(pid: number, ancestor: number | undefined): boolean {
  for (let current = pid; current > 1; ) {
    if (current === ancestor) return true;
    current = Number(/^PPid:\s*(\d+)/m.exec(readProc(current, 'status'))?.[1] ?? 0);
  }
  return false;
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // it has ended
  }
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => done(true));
    socket.on('connect', () => socket.destroy());
    socket.on('error', () => done(false));
  });
}
