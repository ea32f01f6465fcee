import { createHash } from 'node:crypto';
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
  'text/plural.js',
  'page/address.js',
  'page/colours.js',
  'page/paths.js',
  'page/row-name.js',
  'page/rows.js',
  'page/story-histogram.js',
  'page/times.js',
];
const packages = { 'preact.mjs': 'preact', 'hooks.mjs': 'preact/hooks', 'jsxRuntime.mjs': 'preact/jsx-runtime' };

export const script = 'text/javascript; charset=utf-8';

export interface Assets {
  /** What their paths begin with. It changes with their content, so that a browser may keep them for ever. */
  readonly base: string;
  /** Everything that the browser may load, by path: what isn't listed can't be asked for. */
  readonly files: ReadonlyMap<string, Asset>;
}

/** Reads everything once. */
export function readAssets(): Assets {
  const assets: [path: string, asset: Asset][] = [];
  const add = (path: string, type: string, file: string) => assets.push([path, { type, content: readFileSync(file) }]);
  const client = join(compiled, 'page', 'client');
  for (const name of readdirSync(client)) {
    if (name.endsWith('.js')) add(`/page/client/${name}`, script, join(client, name));
  }
  for (const name of shared) add(`/${name}`, script, join(compiled, name));
  for (const [name, specifier] of Object.entries(packages)) {
    add(`/modules/${name}`, script, fileURLToPath(import.meta.resolve(specifier)));
  }
  for (const name of readdirSync(sources)) {
    if (name.endsWith('.css')) add(`/${name}`, 'text/css; charset=utf-8', join(sources, name));
    if (name.endsWith('.svg')) add(`/${name}`, 'image/svg+xml', join(sources, name));
  }
  const hash = createHash('sha256');
  for (const [path, { content }] of assets) hash.update(path).update(content);
  const base = `/app-${hash.digest('hex').slice(0, 16)}`;
  return { base, files: new Map(assets.map(([path, asset]) => [base + path, asset])) };
}
