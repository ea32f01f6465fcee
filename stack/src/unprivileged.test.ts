import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgresql, packagedPostgresql } from './postgresql/binaries.js';
import { linkTree, unprivilegedOwner } from './unprivileged.js';

describe('what a server that must not be root needs', function () {
  this.timeout(60_000);
  const owner = unprivilegedOwner();
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'unprivileged-test-'));
    chmodSync(folder, 0o711);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is readable for it, though it lies below a folder of mode 700, whose modes stay as they are', async () => {
    const home = join(folder, 'home');
    mkdirSync(join(home, 'tree', 'bin'), { recursive: true, mode: 0o700 });
    writeFileSync(join(home, 'tree', 'bin', 'program'), '#!/bin/sh\necho ran\n', { mode: 0o700 });
    writeFileSync(join(home, 'tree', 'file'), 'content', { mode: 0o600 });
    await linkTree(join(home, 'tree'), join(folder, 'linked'));

    const as = { encoding: 'utf8' as const, cwd: '/', ...owner };
    assert.equal(execFileSync(join(folder, 'linked', 'bin', 'program'), as), 'ran\n');
    assert.equal(execFileSync('cat', [join(folder, 'linked', 'file')], as), 'content');
    assert.equal(statSync(home).mode & 0o777, 0o700);
    assert.equal(statSync(join(home, 'tree', 'file')).mode & 0o777, 0o600);
  });

  it('takes no second place on the disk where links are possible', async () => {
    mkdirSync(join(folder, 'tree'));
    writeFileSync(join(folder, 'tree', 'file'), 'content', { mode: 0o644 });
    await linkTree(join(folder, 'tree'), join(folder, 'linked'));
    assert.equal(statSync(join(folder, 'linked', 'file')).ino, statSync(join(folder, 'tree', 'file')).ino);
  });

  it("finds the machine's own PostgreSQL, else npm's, and both make a database", async () => {
    const linked = join(folder, 'postgresql-home');
    const found = [
      await findPostgresql(process.env, owner, linked),
      await packagedPostgresql(process.env, owner, `${linked}-npm`),
    ];
    for (const [index, { initdb }] of found.entries()) {
      const data = join(folder, `parent-${index}`);
      mkdirSync(data);
      if (owner !== undefined) execFileSync('chown', [String(owner.uid), data]);
      execFileSync(initdb, ['-D', join(data, 'data'), '-U', 'hallmark', '--no-sync', '--no-locale'], {
        cwd: '/',
        stdio: 'pipe',
        ...owner,
      });
      assert.ok(existsSync(join(data, 'data', 'PG_VERSION')));
    }
  });
});
