import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lookup } from '../example/command.js';

const main = fileURLToPath(new URL('../main.js', import.meta.url));
const url = 'LOOKUP_ELASTICSEARCH_URL';
/** Nothing listens there; who looked is only written when there is an answer. */
const collector = { LOOKUP_JOURNAL_URL: 'http://lookup:s3cret@127.0.0.1:1' };

const placeAt = (time: string) => Buffer.from(JSON.stringify([time, 'index', 1])).toString('base64url');

describe('the lookup command', function () {
  this.timeout(20_000);
  let folder: string;
  let server: Server;
  let port: number;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lookup-'));
    server = createServer((_request, response) => response.writeHead(200).end('<html>not Elasticsearch</html>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  after(async () => {
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });

  const misunderstood: [args: string[], says: RegExp][] = [
    [
      [],
      /which look-up\? right would be 'order <number>', 'trace <id>', 'search <words>', 'tail', 'services', 'record <id>' or 'page'/,
    ],
    [['oder', 'ORD-1'], /there is no command 'oder'; right would be 'order <number>'/],
    [['order'], /which order\? for example: order ORD-/],
    [['order', 'ORD-1', 'ORD-2'], /one order at a time; 2 were given/],
    [['order', 'ORD-1', '--jsn'], /'order' has no option '--jsn'; it takes .*--json/],
    [['order', 'ORD-1', '--since', '4y'], /--since '4y' is no time: right would be 30d, 12h/],
    [['order', 'ORD-1', '--width', '7'], /--width '7' is no number from 60 to 1000/],
    [['trace', 'xyz'], /'xyz' is no trace id: it has 32 hexadecimal digits/],
    [['trace', '0'.repeat(32)], /is no trace id/],
    [['trace', 'service=crm-api'], /is no trace id/],
    [['search'], /search for which words\?/],
    [['search', 'x', '--since', '1h', '--from', '2026-11-01'], /--since and --from are the same/],
    [['search', 'x', '--from', '1h', '--to', '2h'], /ends before it begins/],
    [['order', 'ORD-1', '--json', '--ndjson'], /one of --json, --ndjson at a time/],
    [['services', 'x'], /'services' takes no words/],
    [
      ['search', 'x', '--after', 'WzFd'],
      /--after 'WzFd' is no place in an answer; the page before prints the right one/,
    ],
    [['search', 'x', '--after', placeAt('2026-99-99T99:99Z')], /--after '[^']+' is no place in an answer/],
    [['search', 'x', '--limit', '-1'], /--limit '-1' is no number from 1 to 1000/],
    [['order', 'x', '--since', '-5h'], /--since '-5h' is no time/],
    [['record', 'x'], /'x' names no record; right would be the 'cut\.id'/],
    [['order', 'x', '--since', '99999d'], /--since '99999d' is outside of 1970-01-01 to 2262-04-11/],
    [['order', 'x', '--to', '2999-01-01'], /--to '2999-01-01' is outside of 1970/],
    [['order', 'x', '--from', '2026-02-31'], /--from '2026-02-31': that month has 28 days; right would be 2026-02-28/],
    [['order\u001b[31m'], /there is no command 'order\\x1b\[31m'/],
  ];
  for (const [args, says] of misunderstood) {
    it(`answers ${JSON.stringify(args)} with one line and exit code 64`, async () => {
      const { code, out, talk } = await lookup(args, { folder });
      assert.equal(code, 64);
      assert.equal(out, '');
      assert.match(talk, /^lookup: [^\n]+\n$/);
      assert.match(talk, says);
    });
  }

  for (const args of [
    ['--help'],
    ['order', '--help'],
    ['trace', '--help'],
    ['search', '-h'],
    ['tail', '-h'],
    ['services', '-h'],
    ['record', '-h'],
  ]) {
    it(`prints help with examples and exit codes for ${args.join(' ')}`, async () => {
      const { code, out, talk } = await lookup(args, { folder });
      assert.deepEqual([code, talk], [0, '']);
      assert.match(out, /npm run lookup -- /);
      assert.match(out, /Exit codes/);
    });
  }

  it('says how to start when it does not know where to look, and never uses the administrator account', async () => {
    const environment = { ELASTICSEARCH_URL: `http://admin:secret@127.0.0.1:${port}` };
    const { code, out, talk } = await lookup(['order', 'ORD-1'], { folder, environment });
    assert.deepEqual([code, out], [2, '']);
    assert.match(talk, /^lookup: nowhere to look: .*npm run stack[^\n]*\n$/);
  });

  it('says where it looked when nothing listens there, without the password', async () => {
    const free = await freePort();
    const environment = { [url]: `http://support:s3cret@127.0.0.1:${free}`, ...collector };
    const { code, out, talk } = await lookup(['order', 'ORD-1'], { folder, environment });
    assert.deepEqual([code, out], [2, '']);
    assert.match(
      talk,
      new RegExp(`^lookup: Elasticsearch at http://127\\.0\\.0\\.1:${free} can't be reached[^\\n]*\\n$`),
    );
    assert.ok(!talk.includes('s3cret'));
  });

  it('finds the running stack of a checkout from a folder inside it', async () => {
    const free = await freePort();
    const inside = join(folder, 'checkout', 'deep', 'down');
    await mkdir(inside, { recursive: true });
    await mkdir(join(folder, 'checkout', '.hallmark'));
    const lines = [
      `${url}=http://support:pw@127.0.0.1:${free}`,
      `LOOKUP_JOURNAL_URL=http://lookup:pw@127.0.0.1:${free}`,
    ];
    await writeFile(join(folder, 'checkout', '.hallmark', 'stack.env'), `${lines.join('\n')}\n`);
    const { code, talk } = await lookup(['order', 'ORD-1'], { folder: inside });
    assert.equal(code, 2);
    assert.ok(talk.includes(`127.0.0.1:${free}`));
  });

  it('looks nowhere when there is nowhere to write who looked', async () => {
    const environment = { [url]: `http://support:s3cret@127.0.0.1:${port}` };
    const { code, out, talk } = await lookup(['order', 'ORD-1'], { folder, environment });
    assert.deepEqual([code, out], [2, '']);
    assert.match(talk, /^lookup: nowhere to write who looked: LOOKUP_JOURNAL_URL is not set[^\n]*\n$/);
  });

  it('refuses an id that is longer than any', async () => {
    const environment = { [url]: `http://support:s3cret@127.0.0.1:${port}`, ...collector };
    const { code, talk } = await lookup(['order', 'x'.repeat(1_025)], { folder, environment });
    assert.deepEqual([code, talk], [64, 'lookup: this has 1025 characters; an id has at most 1024\n']);
  });

  it('ends with its own code when nobody reads what it says either', async () => {
    const line = '"$0" "$1" order 2>&1 | true; exit $PIPESTATUS';
    const shell = spawn('bash', ['-c', line, process.execPath, main], { stdio: 'ignore' });
    const [code] = await once(shell, 'close');
    assert.equal(code, 64);
  });

  it('points at what it does not understand in a query', async () => {
    const environment = { [url]: `http://support:s3cret@127.0.0.1:${port}`, ...collector };
    const { code, out, talk } = await lookup(['search', '-cold', 'level:eror', '"öffen'], { folder, environment });
    assert.deepEqual([code, out], [64, '']);
    assert.equal(talk.split('\n')[1], 'lookup:   -cold level:eror "öffen');
    assert.equal(talk.split('\n')[2], 'lookup:                    ^^^^^^');
  });

  it('says so when what answers is not Elasticsearch', async () => {
    const environment = { [url]: `http://support:s3cret@127.0.0.1:${port}`, ...collector };
    const { code, talk } = await lookup(['order', 'ORD-1'], { folder, environment });
    assert.equal(code, 2);
    assert.match(talk, /^lookup: Elasticsearch at http:\/\/127[^\n]* gave no answer that can be read[^\n]*\n$/);
  });

  it('does not repeat an address that is none: it may hold a password', async () => {
    const { code, talk } = await lookup(['order', 'x'], {
      folder,
      environment: { [url]: 'support:s3cret@nowhere', ...collector },
    });
    assert.equal(code, 2);
    assert.match(talk, /is not an http\(s\) URL/);
    assert.ok(!talk.includes('s3cret'));
  });
});

async function freePort(): Promise<number> {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  await new Promise((resolve) => taken.close(resolve));
  return port;
}
