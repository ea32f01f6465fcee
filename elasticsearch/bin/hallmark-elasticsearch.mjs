#!/usr/bin/env node
// Here before the build, so that npm links it; plain JavaScript that an old Node can read: it is what says that Node is too old.
import { existsSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
const main = new URL('../dist/main.js', import.meta.url);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(`hallmark-elasticsearch: needs Node 22.19 or newer, this is ${process.versions.node}\n`);
  process.exitCode = 2;
} else if (!existsSync(main)) {
  process.stderr.write("hallmark-elasticsearch: is not built yet; 'npm run build' does that\n");
  process.exitCode = 2;
} else {
  import(main.href);
}
