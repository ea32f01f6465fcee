import { fileURLToPath } from 'node:url';
import { type BuildOptions, builtGoBinary, type GoProgram, goBinary } from '../go/build.js';

/** The same version as in docker-compose.yml. */
export const collectorVersion = '0.152.0';

/** The Go module of the collector, beside the configuration that it is built for. */
export const moduleFolder = fileURLToPath(new URL('../../../collector/module/', import.meta.url));

const program: GoProgram = {
  name: `otelcol-${collectorVersion}`,
  title: `collector ${collectorVersion}`,
  folder: moduleFolder,
  package: '.',
};

/** The collector's binary in the cache; built the first time, and again when the module has changed. */
export function collectorBinary(options: BuildOptions): Promise<string> {
  return goBinary(program, options);
}

/** The binary of the module as it is now, or undefined where it has not been built yet. */
export function builtCollector(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  return builtGoBinary(program, env);
}
