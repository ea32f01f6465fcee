import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { StackError } from '../failure.js';
import { findInPath, isExecutable, missing, versionText } from '../prerequisites.js';
import type { Owner } from '../unprivileged.js';

/** Elasticsearch 8.19 runs on Java 17 and later. */
const oldestJava = 17;
const howToGetIt = 'apt-get install openjdk-17-jre-headless, brew install openjdk@17, or set JAVA_HOME to one';

/**
 * A Java that is new enough and that the server's user may run: that of ES_JAVA_HOME, JAVA_HOME or PATH. Throws a `StackError` when
 * there is none, or when the first of the variables that is set names none.
 */
export async function findJava(env: NodeJS.ProcessEnv, owner: Owner | undefined): Promise<string> {
  const java = await javaOf(env);
  if (java === undefined)
    throw missing(`Java ${oldestJava} or later`, 'none was found in JAVA_HOME or PATH', howToGetIt);
  const text = await versionText(java, ['-version'], { env, ...owner });
  if (text === undefined) {
    const who = owner === undefined ? '' : ` by the unprivileged user ${owner.uid} that Elasticsearch runs as`;
    throw missing(`Java ${oldestJava} or later`, `${java} can't be run${who}`, howToGetIt);
  }
  const version = majorVersion(text);
  if (version < oldestJava) throw missing(`Java ${oldestJava} or later`, `${java} is Java ${version}`, howToGetIt);
  return realpath(java);
}

async function javaOf(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const variable of ['ES_JAVA_HOME', 'JAVA_HOME']) {
    const home = env[variable];
    if (!home) continue;
    const java = join(home, 'bin', 'java');
    if (await isExecutable(java)) return java;
    throw new StackError(
      `${variable}=${home}: there is no program ${java}: set ${variable} to the folder of a Java, or unset it to use the one in PATH`,
    );
  }
  return findInPath('java', env);
}

/** `openjdk version "17.0.15"` is 17, `java version "1.8.0_402"` is 8. */
function majorVersion(text: string): number {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  return Number(first === '1' ? second : (first ?? 0));
}
