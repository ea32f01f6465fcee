import { readFile } from 'node:fs/promises';
import { findInPath, missing, versionText } from '../prerequisites.js';

const howToGetIt = 'install a current one from https://go.dev/dl and put its bin folder into PATH';
/** From this version on, Go fetches a newer toolchain by itself when a module asks for one (unless GOTOOLCHAIN=local). */
const firstThatUpdatesItself = '1.21';

/** A Go that can build the module. Throws a `StackError` when there is none. */
export async function findGo(env: NodeJS.ProcessEnv, goMod: string): Promise<string> {
  const wanted = /^go (\d+\.\d+)/m.exec(await readFile(goMod, 'utf8'))?.[1] ?? firstThatUpdatesItself;
  const go = await findInPath('go', env);
  if (go === undefined) throw missing(`Go ${wanted} or later`, 'none was found in PATH', howToGetIt);
  const text = await versionText(go, ['env', 'GOVERSION', 'GOTOOLCHAIN'], { env: { ...env, GOWORK: 'off' } });
  if (text === undefined) throw missing(`Go ${wanted} or later`, `${go} can't be run`, howToGetIt);
  const [version = '', toolchain = ''] = text.replace(/^go/, '').split('\n');
  const oldest = toolchain.startsWith('local') ? wanted : firstThatUpdatesItself;
  if (isOlder(version, oldest)) throw missing(`Go ${wanted} or later`, `${go} is Go ${version}`, howToGetIt);
  return go;
}

function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const [thanMajor = 0, thanMinor = 0] = than.split('.').map(Number);
  return major < thanMajor || (major === thanMajor && minor < thanMinor);
}
