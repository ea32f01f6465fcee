import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLiveFile } from './file.js';

describe('the file of an ask', () => {
  it('counts from the moment it was written: other rights and another place do not begin its time anew', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hallmark-live-'));
    try {
      const file = join(folder, 'live.yaml');
      writeFileSync(`${file}.new`, 'level: debug\nfor: 10m\n', { mode: 0o644 });
      const hourAgo = new Date(Math.trunc(Date.now() / 1_000) * 1_000 - 3_600_000);
      utimesSync(`${file}.new`, hourAgo, hourAgo);
      renameSync(`${file}.new`, file);
      assert.match(readLiveFile(file).refusal ?? '', /mode 644, and should be 600/);
      chmodSync(file, 0o600);
      assert.ok(statSync(file).ctimeMs > hourAgo.getTime());
      assert.equal(readLiveFile(file).writtenMs, hourAgo.getTime());
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
