import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file outside the run folder that lives as long as the run. Its first line names the run it belongs to; mode 600. */
export async function writeOwnFile(path: string, runFolder: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, `${firstLine(runFolder)}\n${content}`, { mode: 0o600 });
  await rename(temporary, path);
}

/** Removes the file unless a later run has written it anew. */
export async function removeOwnFile(path: string, runFolder: string): Promise<void> {
  const content = await readFile(path, 'utf8').catch(() => '');
  if (content.startsWith(`${firstLine(runFolder)}\n`)) await rm(path, { force: true });
}

function firstLine(runFolder: string): string {
  return `# written by the run in ${runFolder}, valid while it runs`;
}
