import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startReceiver } from '../testing/receiver.js';
import { room, runService } from '../testing/run-service.js';

const require = createRequire(import.meta.url);
const npm = process.env.npm_execpath;

/** npm of the machine, whether or not npm runs these tests. */
function runNpm(args: string[], cwd: string): string {
  const env = { ...process.env, NODE_OPTIONS: '' };
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  return execFileSync(command, [...first, ...args], { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

describe('the package', function () {
  this.timeout(90_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'instrumentation-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('installs alone, without dependencies, into an empty project and instruments it by its name', async () => {
    const [packed] = JSON.parse(runNpm(['pack', '--json', '--pack-destination', folder], room)) as [
      { filename: string; files: { path: string }[] },
    ];
    assert.deepEqual(packed.files.map(({ path }) => path).sort(), [
      'LICENSE',
      'README.md',
      'dist/esm/hook.mjs',
      'dist/esm/lib/register.js',
      'dist/hallmark-ask.cjs',
      'dist/instrumentation.cjs',
      'dist/instrumentation.d.cts',
      'dist/preload.cjs',
      'package.json',
    ]);
    writeFileSync(join(folder, 'package.json'), '{"name":"empty-project","version":"1.0.0","private":true}');
    runNpm(['install', '--offline', '--no-audit', '--no-fund', `./${packed.filename}`], folder);
    // Only the service's own library comes from outside of the project.
    symlinkSync(dirname(require.resolve('winston/package.json')), join(folder, 'node_modules/winston'));
    const receiver = await startReceiver();
    for (const file of ['shop.cjs', 'shop.mjs']) {
      cpSync(`${room}fixtures/${file}`, join(folder, file));
      const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, HALLMARK_EXIT_TIMEOUT_MS: '10000' };
      const run = await runService({
        flag: 'none',
        args: ['--require', 'instrumentation', join(folder, file)],
        cwd: folder,
        env,
      });
      assert.equal(run.code, 0, run.stderr);
    }
    await receiver.close();
    assert.equal(receiver.event('order.created').length, 2);
    assert.equal(receiver.event('service.started')[0]?.resource['service.name'], 'empty-project');
  });
});

describe('npm itself', function () {
  this.timeout(90_000);

  for (const args of [
    ['pkg', 'get', 'name'],
    ['exec', '--offline', '-c', 'node -p 20+1'],
  ]) {
    it(`works under NODE_OPTIONS: npm ${args.join(' ')}`, async () => {
      const cli = npm?.endsWith('.js')
        ? npm
        : realpathSync(execFileSync('which', ['npm'], { encoding: 'utf8' }).trim());
      const env = { OTEL_LOG_LEVEL: 'error', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' };
      const bare = await runService({ args: [cli, ...args], flag: 'none', env });
      const run = await runService({ args: [cli, ...args], flag: 'NODE_OPTIONS', env });
      assert.match(bare.stdout, /"fixture-service"|^21$/m, bare.stderr);
      assert.deepEqual([run.code, run.stdout, run.stderr], [bare.code, bare.stdout, bare.stderr]);
    });
  }
});
