import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Asset {
  readonly type: string;
  readonly content: Buffer;
}

const compiled = fileURLToPath(new URL('..', import.meta.url));
const sources = fileURLToPath(new URL('../../src/page/client/', import.meta.url));
/** What the page shares with the command line; modules that need nothing but the language. */
const shared = [
  'text/durations.js',
  'page/address.js',
  'page/colours.js',
  'page/row-name.js',
  'page/rows.js',
  'page/story-histogram.js',
  'page/times.js',
];
const packages = { 'preact.mjs': 'preact', 'hooks.mjs': 'preact/hooks', 'jsxRuntime.mjs': 'preact/jsx-runtime' };

const script = 'text/javascript; charset=utf-8';

/** Everything that the browser may load, by path, read once: what isn't listed can't be asked for. */
export function readAssets(): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  const add = (path: string, type: string, file: string) => assets.set(path, { type, content: readFileSync(file) });
  const client = join(compiled, 'page', 'client');
  for (const name of readdirSync(client)) {
    if (name.endsWith('.js')) add(`/app/page/client/${name}`, script, join(client, name));
  }
  for (const name of shared) add(`/app/${name}`, script, join(compiled, name));
  for (const [name, specifier] of Object.entries(packages)) {
    add(`/modules/${name}`, script, fileURLToPath(import.meta.resolve(specifier)));
  }
  for (const name of readdirSync(sources)) {
    if (name.endsWith('.css')) add(`/app/${name}`, 'text/css; charset=utf-8', join(sources, name));
    if (name.endsWith('.svg')) add(`/app/${name}`, 'image/svg+xml', join(sources, name));
  }
  return assets;
}
