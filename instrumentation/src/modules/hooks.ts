import nodeModule from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { supportsSyncHooks } from 'import-in-the-middle/supports-sync-hooks.mjs';
import { mayStartThreads } from '../settings/permissions.js';
import { guarded } from '../talk/stderr.js';
import type { LibraryLoader } from './loading.js';

type Resolve = nodeModule.ResolveHookSync;
type NextResolve = Parameters<Resolve>[2];
interface Wrapping {
  resolveSync: Resolve;
  loadSync: nodeModule.LoadHookSync;
  applyOptions(options: { shouldInclude(url: string): boolean }): void;
}

/** Whether ES modules can be wrapped by a thread of Node's only. */
export function needsThread(): boolean {
  return !supportsSyncHooks();
}

/**
 * Watches what is resolved, by `require` and by `import`, on the service's own thread. ES modules of instrumented libraries
 * are wrapped by import-in-the-middle, whose code is evaluated with the first `import`; its load hook is installed with the
 * first wrapped module, so that a CommonJS service never has one.
 *
 * @param directory where the bundle lies: wrapped modules import `esm/lib/register.js` there
 */
export function installHooks(loader: LibraryLoader, directory: string): void {
  shareRegister();
  if (needsThread()) {
    installFormerHooks(loader, directory);
    return;
  }
  let wrapping: Wrapping | undefined;
  let loadHookInstalled = false;
  const ownUrl = pathToFileURL(join(directory, 'preload.cjs')).href;
  nodeModule.registerHooks({
    resolve(specifier, context, next) {
      // require-in-the-middle asks for the main file of each package that it sees.
      if (context.parentURL === ownUrl) return next(specifier, context);
      const nextAndNote: NextResolve = (...args) => {
        const result = next(...args);
        guarded('module hook', () => loader.resolved(result.url, context.parentURL));
        return result;
      };
      if (isRequire(context.conditions) || context.parentURL === undefined) return nextAndNote(specifier, context);
      wrapping ??= createWrapping(loader, directory);
      const result = wrapping.resolveSync(specifier, context, nextAndNote);
      if (!loadHookInstalled && result.url.includes('iitm=')) {
        loadHookInstalled = true;
        nodeModule.registerHooks({ load: loadOrPassOn(wrapping) });
      }
      return result;
    },
  });
}

/**
 * A module that could not be wrapped (its exports could not be read) is passed on as it is: upstream's own way back gives
 * CommonJS no `default`, which ends the service.
 */
function loadOrPassOn({ loadSync }: Wrapping): nodeModule.LoadHookSync {
  return (url, context, next) => {
    const result = loadSync(url, context, next);
    if (
      result.shortCircuit ||
      !/[?&]iitm=true\b/.test(url) ||
      (result.format !== 'commonjs' && result.format !== 'builtin')
    ) {
      return result;
    }
    const original = JSON.stringify(url.replace(/[?&]iitm=true\b/, '').replace(/^file:\/\/\/node:/, 'node:'));
    return {
      format: 'module',
      shortCircuit: true,
      source: `export * from ${original};\nexport { default } from ${original};\n`,
    };
  };
}

function isRequire(conditions: readonly string[] | Set<string> | undefined): boolean {
  if (conditions === undefined) return false;
  return Array.isArray(conditions) ? conditions.includes('require') : (conditions as Set<string>).has('require');
}

function esmDirectory(directory: string): string {
  return pathToFileURL(join(directory, 'esm/hook.mjs')).href;
}

function createWrapping(loader: LibraryLoader, directory: string): Wrapping {
  const { createHook } = require('import-in-the-middle/create-hook.mjs') as {
    createHook(meta: { url: string }): Wrapping;
  };
  const wrapping = createHook({ url: esmDirectory(directory) });
  wrapping.applyOptions({ shouldInclude: (url) => loader.isWrapped(url) });
  return wrapping;
}

/** Wrapped modules register themselves with the copy of import-in-the-middle that lies in this bundle. */
function shareRegister(): void {
  const register = require('import-in-the-middle/lib/register.js') as unknown;
  Object.defineProperty(globalThis, Symbol.for('hallmark.import-in-the-middle'), { value: register });
}

/**
 * For Node 22.15–22.22.2 and 24.0–24.11.0, whose synchronous load hook is faulty (nodejs/node#59929): the loader thread. It can't
 * ask for an instrumentation when a library is met, so all of them are brought in at once.
 */
function installFormerHooks(loader: LibraryLoader, directory: string): void {
  // The start-up line has said so.
  if (!mayStartThreads()) {
    loader.bringInAll();
    return;
  }
  const { createAddHookMessageChannel } = require('import-in-the-middle') as typeof import('import-in-the-middle');
  // Before the instrumentations: their modules are told to the thread as they come.
  const { registerOptions } = createAddHookMessageChannel();
  loader.bringInAll();
  // Some of these versions refuse it once another preload has loaded an ES module; CommonJS stays instrumented.
  guarded('instrumentation of ES modules', () => {
    nodeModule.register(esmDirectory(directory), registerOptions as nodeModule.RegisterOptions<unknown>);
  });
}
