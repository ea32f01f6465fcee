import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { carryOut, type Profile, parseRetention } from '@hallmark/elasticsearch';
import { type Door, openDoorAs } from './run-as.js';
import type { Addresses } from './stack-under-test.js';
import { ask } from './store.js';

const file = fileURLToPath(new URL('../../elasticsearch/retention.yaml', import.meta.url));
const program = fileURLToPath(new URL('../../elasticsearch/dist/main.js', import.meta.url));
const run = promisify(execFile);
const dayMs = 86_400_000;
const minuteMs = 60_000;
/** A system of its own: no other suite writes to its stream. */
const stream = 'logs-rabbitmq.otel-default';
const pattern = /^\.ds-logs-rabbitmq\.otel-default-\d{4}\.\d\d\.\d\d-0*(\d+)$/;

/** The real server, asked by the real keeper, with the rights of its account, whose clock is moved. */
export function describeRetention(addresses: () => Addresses): void {
  const admin = () => addresses().admin;
  let door: Door;

  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await ask(admin(), method, path, body);
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${await response.clone().text()}`);
    return response.json();
  }

  async function addRecord(): Promise<void> {
    await call('POST', `/${stream}/_doc?refresh=true`, { '@timestamp': new Date().toISOString(), body: { text: 'x' } });
  }

  /** Generations of the stream that exist, and what the clock of each is. */
  async function generations(): Promise<{ number: number; name: string; createdAt: number; isReadOnly: boolean }[]> {
    const settings = (await call('GET', `/${stream}/_settings`)) as Record<
      string,
      { settings: { index: { creation_date: string; blocks?: { write?: string } } } }
    >;
    return Object.entries(settings)
      .map(([name, { settings: each }]) => ({
        number: Number(pattern.exec(name)?.[1]),
        name,
        createdAt: Number(each.index.creation_date),
        isReadOnly: each.index.blocks?.write === 'true',
      }))
      .sort((one, other) => one.number - other.number);
  }

  /** One round of the keeper at a time. @returns what it said of the stream */
  async function roundAt(profile: Profile, now: number, isDryRun = false): Promise<string[]> {
    const said: string[] = [];
    await carryOut({ url: door.url, profile, now: new Date(now), isDryRun, say: (line) => said.push(line) });
    return said.filter((line) => line.includes('rabbitmq'));
  }

  describe('retention without index lifecycle management', () => {
    let profiles: Readonly<Record<string, Profile>>;
    after(() => door?.close());
    before(async () => {
      door = await openDoorAs('keeper', admin());
      profiles = parseRetention(await readFile(file, 'utf8')).profiles;
    });
    /** Begins with one index that has a record in it. */
    beforeEach(async () => {
      await ask(admin(), 'DELETE', `/.ds-${stream}-*?expand_wildcards=all`);
      await addRecord();
      await call('POST', `/${stream}/_rollover`);
      for (const { name } of (await generations()).slice(0, -1)) await call('DELETE', `/${name}`);
      await addRecord();
    });

    /** Days that each profile waits: until it rolls over by age, makes cold, deletes. By hand, from the catalogue. */
    const days: Readonly<Record<string, { rollover?: number; cold?: number; keep: number; archive: boolean }>> = {
      default: { rollover: 1, keep: 30, archive: false },
      D0: { rollover: 1, keep: 30, archive: true },
      D1: { keep: 180, archive: true },
      D2: { rollover: 1, cold: 30, keep: 395, archive: false },
      D3: { rollover: 1, cold: 1, keep: 30, archive: false },
      D4: { rollover: 1, keep: 180, archive: false },
    };
    for (const [name, { rollover, cold, keep, archive }] of Object.entries(days)) {
      it(`keeps and deletes what ${name} says, to the minute`, async () => {
        const profile = profiles[name];
        assert.ok(profile);
        const [first] = await generations();
        assert.ok(first);
        if (rollover !== undefined) {
          assert.deepEqual(await roundAt(profile, first.createdAt + rollover * dayMs - minuteMs), []);
          assert.match((await roundAt(profile, first.createdAt + rollover * dayMs)).join(), /^roll over /);
        } else {
          assert.deepEqual(await roundAt(profile, first.createdAt + 1_000 * dayMs), []);
          await call('POST', `/${stream}/_rollover`);
        }
        const [, second] = await generations();
        assert.ok(second, 'it was not rolled over');
        // The first index is as old as the second exists; the second is empty, and stays.
        const rolledOver = second.createdAt;
        if (cold !== undefined) {
          assert.deepEqual(await roundAt(profile, rolledOver + cold * dayMs - minuteMs), []);
          assert.match((await roundAt(profile, rolledOver + cold * dayMs)).join(), /^make cold /);
          assert.deepEqual(
            (await generations()).map((each) => each.isReadOnly),
            [true, false],
          );
        }
        assert.deepEqual(await roundAt(profile, rolledOver + keep * dayMs - minuteMs), []);
        assert.equal((await generations()).length, 2);
        const said = await roundAt(profile, rolledOver + keep * dayMs);
        assert.deepEqual(
          said.map((line) => line.split(' ')[0]),
          archive ? ['archive', 'delete'] : ['delete'],
        );
        assert.deepEqual(
          (await generations()).map(({ number }) => number),
          [second.number],
        );
        if (archive) await call('GET', `/_snapshot/archive/${first.name.slice(1)}`);
      });
    }

    it('rolls over by size', async () => {
      const { D4 } = profiles;
      assert.ok(D4);
      const profile = { ...D4, rollover: { max_primary_shard_size: '1kb' } };
      assert.match((await roundAt(profile, Date.now())).join(), /^roll over .*max_primary_shard_size 1kb$/);
    });

    it('says in a dry run what it would delete and why, and deletes nothing', async () => {
      await call('POST', `/${stream}/_rollover`);
      const before = await generations();
      assert.ok(profiles.default);
      const said = await roundAt(profiles.default, Date.now() + 31 * dayMs, true);
      assert.deepEqual(said, [`would delete ${before[0]?.name}: rolled over 31.0 days ago, kept for 30d`]);
      assert.deepEqual(await generations(), before);
    });

    it('says so as a command too, by the file that it is given', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'hallmark-retention-'));
      const own = join(folder, 'retention.yaml');
      const profile = '{ index_per: system, rollover: { max_primary_shard_size: 1kb }, keep: 1d }';
      await writeFile(own, `version: 1\nprofile: mine\nprofiles: { mine: ${profile} }\n`);
      const before = await generations();
      const args = [program, 'keep', '--dry-run', '--file', own];
      const { stdout } = await run(process.execPath, args, { env: { ...process.env, ELASTICSEARCH_URL: door.url } });
      await rm(folder, { recursive: true });
      const said = stdout.split('\n').filter((line) => line.includes('rabbitmq'));
      assert.equal(said.length, 1, stdout);
      assert.match(said[0] ?? '', /^would roll over \.ds-logs-rabbitmq\S+: \d+ bytes, max_primary_shard_size 1kb$/);
      assert.deepEqual(await generations(), before);
    });

    it('follows a policy that is changed later', async () => {
      await call('POST', `/${stream}/_rollover`);
      const { default: month, D4: halfYear } = profiles;
      assert.ok(month && halfYear);
      assert.deepEqual(await roundAt(halfYear, Date.now() + 40 * dayMs), []);
      assert.match((await roundAt(month, Date.now() + 40 * dayMs)).join(), /^delete /);
    });

    it('deletes nothing that should be archived and can not be', async () => {
      await call('POST', `/${stream}/_rollover`);
      const [first] = await generations();
      const { archive } = (await call('GET', '/_snapshot/archive')) as Record<string, object>;
      await call('DELETE', '/_snapshot/archive');
      try {
        assert.ok(profiles.D0);
        const said = await roundAt(profiles.D0, Date.now() + 31 * dayMs);
        assert.match(said.join('\n'), /^could not archive \S+: .*\nkeep \S+: it could not be archived$/);
        assert.equal((await generations())[0]?.name, first?.name);
      } finally {
        await call('PUT', '/_snapshot/archive', archive);
      }
    });

    it('leaves an index alone that is not its own, and says so', async () => {
      await call('POST', `/${stream}/_rollover`);
      const [first] = await generations();
      await call('PUT', `/${first?.name}/_mapping`, { _meta: { managed_by: 'somebody else' } });
      assert.ok(profiles.default);
      const said = await roundAt(profiles.default, Date.now() + 31 * dayMs);
      assert.deepEqual(said, [`leave alone ${first?.name}: it is not marked as made by Hallmark`]);
      assert.equal((await generations()).length, 2);
    });
  });
}
