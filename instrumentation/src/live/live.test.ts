import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Receiver, startReceiver } from '../testing/receiver.js';
import { type Run, runService } from '../testing/run-service.js';

interface Asked {
  readonly file: string;
  readonly receiver: Receiver;
  /** Waits for a line on standard error. */
  said(line: RegExp): Promise<void>;
  /** Waits for so many more of a record, so that what is true of them is true by now. */
  more(event: string): Promise<void>;
  count(event: string): number;
  signal(signal: NodeJS.Signals): void;
  end(): Promise<Run>;
}

const folders: string[] = [];
/** Of tests that failed before their end. */
const open = new Map<Receiver, (signal: NodeJS.Signals) => void>();
const waitMs = 20_000;

function put(file: string, text: string, mode = 0o600): void {
  const written = `${file}.new`;
  writeFileSync(written, text, { mode });
  chmodSync(written, mode);
  renameSync(written, file);
}

/** Starts the service of fixtures/asked.cjs, which watches a file of its own. */
async function startAsked(env: Record<string, string> = {}, prepare?: (file: string) => void): Promise<Asked> {
  const folder = mkdtempSync(join(tmpdir(), 'hallmark-live-'));
  folders.push(folder);
  const file = join(folder, 'live.yaml');
  prepare?.(file);
  const receiver = await startReceiver();
  const ready = Promise.withResolvers<(signal: NodeJS.Signals) => void>();
  let talk = '';
  const run = runService({
    args: ['asked.cjs'],
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      HALLMARK_EXIT_TIMEOUT_MS: '10000',
      HALLMARK_LIVE_FILE: file,
      OTEL_TRACES_SAMPLER: 'parentbased_always_off',
      OTEL_BLRP_SCHEDULE_DELAY: '50',
      ...env,
    },
    onOutput: (chunk, kill) => chunk.includes('ready') && ready.resolve(kill),
    onTalk: (chunk) => {
      talk += chunk;
    },
  });
  const kill = await ready.promise;
  open.set(receiver, kill);
  const count = (event: string) => receiver.event(event).length;
  return {
    file,
    receiver,
    count,
    said: (line) => receiver.until(() => line.test(talk), waitMs).catch(() => assert.match(talk, line)),
    async more(event) {
      const before = count(event);
      await receiver.until(() => count(event) > before + 10, waitMs);
    },
    signal: kill,
    async end() {
      kill('SIGTERM');
      const ended = await run;
      open.delete(receiver);
      await receiver.close();
      assert.equal(ended.code, 0, ended.stderr);
      return ended;
    },
  };
}

describe('a running service that is asked for more', function () {
  this.timeout(60_000);

  afterEach(async () => {
    for (const [receiver, kill] of open) {
      kill('SIGKILL');
      await receiver.close();
    }
    open.clear();
  });

  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it('sends the lines of a level, prints what it printed before, and goes back after the stated time', async () => {
    const asked = await startAsked();
    await asked.more('test.info');
    assert.equal(asked.count('test.debug'), 0);
    put(asked.file, 'level: debug\nfor: 3s\n');
    await asked.more('test.debug');
    await asked.more('test.soft');
    await asked.more('test.enabled');
    await asked.said(/its time is over: levels and sampling are as configured again\n/);
    await asked.more('test.info');
    const debugLines = asked.count('test.debug');
    await asked.more('test.info');
    const { stdout, stderr } = await asked.end();
    assert.equal(asked.count('test.debug'), debugLines);
    assert.equal(asked.count('test.silly') + asked.count('test.never') + asked.receiver.spans.length, 0);
    assert.ok(!/"level":"(?:debug|silly|soft)"/.test(stdout));
    const [, ...lines] = stderr.trim().split('\n');
    assert.equal(lines.length, 2, stderr);
    assert.match(
      lines[0] ?? '',
      /^hallmark: HALLMARK_LIVE_FILE asks for level debug until 20\d\d-\d\d-\d\dT[\d:]{8}Z$/,
    );
  });

  it('sends only the lines of the logger that is named, by label or by service', async () => {
    const asked = await startAsked({}, (file) => put(file, '{"level":"silly","logger":"orders","for":"1h"}'));
    await asked.more('test.labelled');
    await asked.more('test.silly');
    put(asked.file, 'level: debug\nlogger: others\nfor: 1h\n');
    await asked.said(/asks for level debug of logger others until/);
    await asked.more('test.soft');
    await asked.end();
    assert.equal(asked.count('test.debug'), 0);
  });

  it('samples the traces that begin in it by the ratio, and goes back when the file is removed', async () => {
    const asked = await startAsked();
    put(asked.file, 'sampling: 1\nfor: 1h\n');
    await asked.receiver.until(() => asked.receiver.spans.length > 10, waitMs);
    rmSync(asked.file);
    await asked.said(/the file of HALLMARK_LIVE_FILE is gone: levels and sampling are as configured again\n/);
    const lastMs = Date.now();
    await asked.more('test.info');
    await asked.end();
    const late = asked.receiver.event('http.server.request').filter(({ timeMs }) => timeMs > lastMs + 500);
    const sampled = new Set(asked.receiver.spans.map(({ traceId }) => traceId));
    assert.ok(late.every(({ traceId }) => !sampled.has(traceId)));
    assert.equal(asked.count('test.debug'), 0);
  });

  it('goes back at once when the file is emptied, and counts its time anew when it is written again', async () => {
    const asked = await startAsked();
    put(asked.file, 'level: debug\nfor: 24h\n');
    await asked.said(/asks for level debug/);
    put(asked.file, '# nothing any more\n');
    await asked.said(/is empty: levels and sampling are as configured again/);
    put(asked.file, 'level: verbose\nfor: 2s\n');
    await asked.said(/asks for level verbose/);
    await asked.said(/its time is over/);
    await asked.end();
  });

  it('notices a folder that comes later, a link that is turned, and a file that is changed in place', async () => {
    const base = mkdtempSync(join(tmpdir(), 'hallmark-live-'));
    folders.push(base);
    const file = join(base, 'later', 'live.yaml');
    const asked = await startAsked({ HALLMARK_LIVE_FILE: file });
    await asked.more('test.info');
    mkdirSync(join(base, 'later'));
    for (const [name, level] of [
      ['first', 'debug'],
      ['second', 'http'],
    ]) {
      const target = join(base, `${name}.yaml`);
      put(target, `level: ${level}\nfor: 1h\n`);
      symlinkSync(target, `${file}.new`);
      renameSync(`${file}.new`, file);
      await asked.said(new RegExp(`asks for level ${level} until`));
    }
    writeFileSync(join(base, 'second.yaml'), 'level: info\nfor: 1h\n');
    await asked.said(/asks for level info until/);
    await asked.end();
  });

  it('changes nothing for a file that is wrong, and says in one line where', async () => {
    const asked = await startAsked();
    put(asked.file, 'level: debug\nfor: 1h\n');
    await asked.said(/asks for level debug/);
    const wrong: readonly [string, RegExp][] = [
      ['sampling: 1\nlevel: [\n', /line \d, column \d+: \w/],
      ['level: debgu\nfor: 1m\n', /line 1, column 8: level is "debgu", and should be one of emerg, .*debug/],
      ['level: debug\nfor: 25h\n', /line 2, column 6: for is "25h", and should be a time from 1s to 24h/],
      ['level: debug\nfor: 10\n', /line 2, column 6: for is 10, and/],
      ['level: debug\n', /line 1, column 1: for is missing/],
      ['for: 1m\n', /line 1, column 1: it asks for nothing: level or sampling/],
      ['logger: orders\nsampling: 1\nfor: 1m\n', /line 1, column 1: logger is there without a level/],
      [
        'level: debug\nfor: 1m\nsampling: 1.5\n',
        /line 3, column 11: sampling is 1\.5, and should be a number from 0 to 1/,
      ],
      ['level: debug\nfur: 1m\n', /line 2, column 1: fur is none of level, logger, sampling, for/],
      ['- level\n', /line 1, column 1: not a list of level/],
      [`# ${'x'.repeat(5_000)}\n`, /it is longer than 4096 bytes/],
    ];
    for (const [text, line] of wrong) {
      put(asked.file, text);
      await asked.said(new RegExp(`hallmark: HALLMARK_LIVE_FILE is ignored, nothing is changed: ${line.source}`));
    }
    put(asked.file, 'level: info\nfor: 1m\n', 0o640);
    await asked.said(/others have rights on it \(mode 640, and should be 600\)\n/);
    chmodSync(asked.file, 0o600);
    await asked.said(/asks for level info until/);
    const { stderr } = await asked.end();
    assert.equal(stderr.trim().split('\n').length, 1 + 1 + wrong.length + 1 + 1, stderr);
  });

  it("ignores another user's file", async () => {
    const isRoot = process.geteuid?.() === 0;
    const foreign = await startAsked(isRoot ? {} : { HALLMARK_LIVE_FILE: '/etc/passwd' }, (file) => {
      put(file, 'level: debug\nfor: 1h\n');
      if (isRoot) chownSync(file, 65_534, 65_534);
    });
    await foreign.said(/nothing is changed: it is owned by another user \(\d+\) than the one of the service \(\d+\)\n/);
    await foreign.more('test.info');
    await foreign.end();
    assert.equal(foreign.count('test.debug'), 0);
  });

  for (const [what, make] of [
    ['a folder', mkdirSync],
    ['a pipe', (file: string) => execFileSync('mkfifo', ['-m', '600', file])],
  ] as const) {
    it(`is neither held nor changed by ${what} in the file's place`, async () => {
      const asked = await startAsked({}, make);
      await asked.said(/nothing is changed: it is not a file\n/);
      await asked.more('test.info');
      await asked.end();
      assert.equal(asked.count('test.debug'), 0);
    });
  }

  it('is not kept alive by what it watches, nor obeys a file whose time was over when it started', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hallmark-live-'));
    folders.push(folder);
    const file = join(folder, 'live.yaml');
    const env = { OTEL_LOGS_EXPORTER: 'none', OTEL_TRACES_EXPORTER: 'none', HALLMARK_LIVE_FILE: file };
    put(file, 'level: debug\nsampling: 1\nfor: 24h\n');
    const once = await runService({ args: ['odd-process.cjs', 'second copy'], env });
    assert.equal(once.code, 0);
    assert.match(once.stderr, /\nhallmark: HALLMARK_LIVE_FILE asks for level debug, sampling 1 until \S+\n$/);
    put(file, 'level: debug\nfor: 1s\n');
    // Its time is over when the clock of the file system has passed it.
    await setTimeout(1_500);
    const late = await runService({ args: ['odd-process.cjs', 'second copy'], env });
    assert.match(late.stderr, /what HALLMARK_LIVE_FILE asked for was over at \S+: it is not obeyed\n$/);
  });

  it('obeys a signal only where a variable names it: debug and every trace, until it comes again', async () => {
    const asked = await startAsked({ HALLMARK_LIVE_SIGNAL: 'SIGUSR2' });
    await asked.more('test.info');
    asked.signal('SIGUSR2');
    await asked.said(/SIGUSR2 asks for level debug, sampling 1 until/);
    await asked.more('test.debug');
    await asked.receiver.until(() => asked.receiver.spans.length > 0, waitMs);
    asked.signal('SIGUSR2');
    await asked.said(/SIGUSR2 again: levels and sampling are as configured again/);
    await asked.end();
  });

  it('keeps the signal that it has without: SIGUSR2 ends it', async () => {
    const asked = await startAsked();
    asked.signal('SIGUSR2');
    await assert.rejects(asked.end(), { actual: null, expected: 0 });
  });
});
