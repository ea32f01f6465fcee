/** `node make.js <folder> <host>…`: certificates for parts that are not started by this stack, once; docker-compose.yml uses it. */
import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { makeCertificates } from './certificates.js';

const [folder, ...hosts] = process.argv.slice(2);
if (folder === undefined || hosts.length === 0) {
  console.error('usage: node stack/dist/tls/make.js <folder> <host>…');
  process.exitCode = 2;
} else if (existsSync(join(folder, 'server.key'))) {
  console.error(`${folder} has certificates already: delete them to have new ones made`);
} else {
  const { key } = await makeCertificates(folder, hosts);
  // The parts run as different users; who can enter the folder is decided by who mounts it.
  await chmod(key, 0o644);
  console.error(`${folder}: certificates for ${hosts.join(', ')}`);
}
