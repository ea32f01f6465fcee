import { execFileSync } from 'node:child_process';
import { chmod, chown, copyFile, link, mkdir, readdir, readlink, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody` where the system doesn't say otherwise. */
const usualNobody = 65_534;

/** As whom to run servers that refuse to run as root: nobody when this is root, else undefined (as the user itself). */
export function unprivilegedOwner(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  try {
    const ask = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
    return { uid: ask('-u'), gid: ask('-g') };
  } catch {
    return { uid: usualNobody, gid: usualNobody };
  }
}

/** Makes a folder of mode 700 for that owner. */
export async function makeFolderFor(owner: Owner | undefined, path: string): Promise<void> {
  await mkdir(path, { recursive: true });
  await chmod(path, 0o700);
  if (owner !== undefined) await chown(path, owner.uid, owner.gid);
}

/**
 * Makes a tree readable for an unprivileged user where its own place isn't (a cache below a 0700 home): the folders anew, the files as
 * hard links, or as copies where the other place is on another file system.
 */
export async function linkTree(source: string, target: string): Promise<void> {
  await mkdir(target);
  await chmod(target, 0o755);
  for (const entry of await readdir(source, { withFileTypes: true })) {
    const from = join(source, entry.name);
    const to = join(target, entry.name);
    if (entry.isDirectory()) await linkTree(from, to);
    else if (entry.isSymbolicLink()) await symlink(await readlink(from), to);
    else await linkOrCopy(from, to);
  }
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  const { mode } = await stat(from);
  const readable = mode | 0o444 | ((mode & 0o100) === 0 ? 0 : 0o111);
  // A link shares its mode with the file it links to, which isn't ours to change.
  if (
    readable === mode &&
    (await link(from, to).then(
      () => true,
      () => false,
    ))
  )
    return;
  await copyFile(from, to);
  await chmod(to, readable & 0o755);
}
