/**
 * The reaper: a small process of its own session that holds a pipe to the starter of a run. When the pipe closes without a
 * goodbye (the starter was killed or crashed) it ends what the run started and removes what the run left on disk.
 * Started as `node reaper.js <run folder>`; reads one JSON message a line.
 */
import { createInterface } from 'node:readline';
import { endProcesses, type ProcessGroup } from './end-processes.js';
import { removeRunFolder } from './folder.js';
import { removeOwnFile } from './own-file.js';
import type { ReaperMessage } from './reaper-link.js';

const runFolder = process.argv[2];
if (runFolder === undefined) throw new Error('usage: node reaper.js <run folder>');

// A terminal that closes, or a signal to everything, must not end the one who tidies up.
for (const name of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(name, () => undefined);

const groups = new Map<number, ProcessGroup>();
const files = new Set<string>();
let goodbye = false;

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line) as ReaperMessage;
  if (message.kind === 'started') groups.set(message.group.pid, message.group);
  else if (message.kind === 'ended') groups.delete(message.pid);
  else if (message.kind === 'file') files.add(message.path);
  else goodbye = true;
}

if (!goodbye) {
  await endProcesses(runFolder, [...groups.values()]);
  for (const path of files) await removeOwnFile(path, runFolder);
  await removeRunFolder(runFolder);
}
