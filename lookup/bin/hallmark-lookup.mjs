#!/usr/bin/env node
// Plain JavaScript that an old Node can read: it is what says that Node is too old.
import { existsSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
const main = new URL('../dist/main.js', import.meta.url);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `lookup: needs Node 22.19 or newer, this is ${process.versions.node}; 'npm run lookup -- …' brings its own\n`,
  );
  process.exitCode = 2;
} else if (!existsSync(main)) {
  process.stderr.write("lookup: is not built yet; 'npm run build' does that\n");
  process.exitCode = 2;
} else {
  import(main.href);
}
