#!/usr/bin/env node
import module from 'node:module';

// Most of a look-up's start is compiling the Elasticsearch client: the cache must be on before it is loaded.
module.enableCompileCache();
const { run } = await import('./command/run.js');
process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  folder: process.cwd(),
  out: process.stdout,
  talk: process.stderr,
});
