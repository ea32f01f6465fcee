// Builds the preload: dist/instrumentation.cjs (entry), dist/preload.cjs (everything else) for ES modules dist/esm/, and
// the command dist/hallmark-ask.cjs. After `tsc -b`, with the pinned Node: `node instrumentation/build.mjs`.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PolicyError, policyMark, readPolicy } from '@hallmark/privacy';
import { build } from 'esbuild';

const room = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const { version } = require('./package.json');
const shared = { bundle: true, platform: 'node', legalComments: 'none', logLevel: 'warning', absWorkingDir: room };

// Packages that sdk-node imports at once and that almost no service needs: evaluated when first used.
const evaluatedOnUse = [
  '@opentelemetry/otlp-exporter-base/node-http',
  '@opentelemetry/otlp-transformer',
  '@opentelemetry/propagator-b3',
];
// Left out: exporters of whole records and spans (ours encodes them as they come), gRPC (30 MB of another transport), metrics
// (not sent), a retired format, and the YAML configuration file.
const leftOut = [
  '@opentelemetry/exporter-logs-otlp-http',
  '@opentelemetry/exporter-logs-otlp-proto',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/exporter-trace-otlp-proto',
  '@opentelemetry/sdk-metrics',
  '@opentelemetry/exporter-metrics-otlp-http',
  '@opentelemetry/exporter-metrics-otlp-proto',
  '@opentelemetry/exporter-logs-otlp-grpc',
  '@opentelemetry/exporter-trace-otlp-grpc',
  '@opentelemetry/exporter-metrics-otlp-grpc',
  '@opentelemetry/otlp-grpc-exporter-base',
  '@opentelemetry/exporter-prometheus',
  '@opentelemetry/exporter-zipkin',
  '@opentelemetry/configuration',
];

/**
 * Node's own modules, taken past every require hook (what the preload loads for itself must not count as the service's) and
 * only when something of them is used: crypto, net, tty and perf_hooks together cost a third of the start.
 */
const ownBuiltins = {
  name: 'own-builtins',
  setup({ onResolve, onLoad }) {
    const names = new Set(builtinModules);
    // Taken apart at once there, for a Node without synchronous hooks only.
    onResolve({ filter: /^worker_threads$/ }, ({ importer }) =>
      /import-in-the-middle\/index\.js$/.test(importer)
        ? { path: 'message-channel', namespace: 'message-channel' }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'message-channel' }, () => ({
      contents: `exports.MessageChannel = function () { return new (hallmarkBuiltin('worker_threads').MessageChannel)(); };`,
    }));
    onResolve({ filter: /^(node:)?[a-z_0-9/]+$/ }, ({ path }) => {
      const name = path.replace(/^node:/, '');
      return names.has(name) ? { path: name, namespace: 'builtin' } : undefined;
    });
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => {
      const exported = require(path);
      const take = `hallmarkBuiltin('${path}')`;
      // A function (events, stream, module) can't be stood in for by an object of getters; assert is only taken apart.
      const contents =
        typeof exported === 'function' && path !== 'assert'
          ? `module.exports = ${take};`
          : Object.keys(exported)
              .map((name) => `hallmarkOnUse(exports, '${name}', () => ${take}.${name});`)
              .join('\n');
      return { contents };
    });
  },
};

/** require-in-the-middle's debug output would load tty and net for a variable that is never set. */
const noDebug = {
  name: 'no-debug',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^debug$/ }, () => ({ path: 'debug', namespace: 'no-debug' }));
    onLoad({ filter: /.*/, namespace: 'no-debug' }, () => ({
      contents: 'const none = () => undefined; module.exports = () => Object.assign(none, { enabled: false });',
    }));
  },
};

/**
 * OpenTelemetry's packages: one copy of each, as ES modules (they can be shaken), whoever asks and by whichever version range;
 * what the preload does not need at once as a module of getters, so that it is evaluated with its first use.
 */
const openTelemetry = {
  name: 'open-telemetry',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /^@opentelemetry\// }, async ({ path, namespace, pluginData }) => {
      if (pluginData?.real) return undefined;
      if (leftOut.includes(path)) return { path, namespace: 'left-out' };
      if (evaluatedOnUse.includes(path) && namespace !== 'on-use') return { path, namespace: 'on-use' };
      return resolve(path, { kind: 'import-statement', resolveDir: room, pluginData: { real: true } });
    });
    // Their builds require a dependency at run time, by createRequire, which would not be bundled.
    onLoad({ filter: /@opentelemetry\/[^/]+\/dist\/[^_]*\.mjs$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8');
      return contents.includes('__require("')
        ? { contents: contents.replaceAll('__require("', 'require("') }
        : undefined;
    });
    onLoad({ filter: /.*/, namespace: 'on-use' }, ({ path }) => ({
      resolveDir: room,
      contents: Object.keys(require(path))
        .map((name) => `hallmarkOnUse(exports, '${name}', () => require('${path}').${name});`)
        .join('\n'),
    }));
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = {};' }));
  },
};

/**
 * Places where upstream's code is another one in here; the build fails when a place is no longer there.
 *
 * Upstream's exporters repeat a request inside of themselves, for 10 s and by timers of their own; here the queue decides (it is
 * bounded, counts what it drops, and says when the collector goes and comes back).
 *
 * The SDK makes a WeakSet for each value of an attribute, in case it is an object that contains itself, and a pair of name and
 * value for each: a fifth of all that a request allocated. Texts and numbers need neither.
 */
const replacedUpstream = [
  {
    file: /otlp-exporter-base\/dist\/retrying-transport\.mjs$/,
    replace: () => 'export const createRetryingTransport = ({ transport }) => transport;',
  },
  {
    file: /core\/dist\/common\/attributes\.mjs$/,
    replace: (text) =>
      text
        .replace(
          'isAnyValueInternal(val, /* @__PURE__ */ new WeakSet())',
          'isAnyValueInternal(val, typeof val === "object" ? new WeakSet() : undefined)',
        )
        .replace(
          'for (const [key, val] of Object.entries(inAttributes)) {',
          'for (const key of Object.keys(inAttributes)) { const val = inAttributes[key];',
        ),
  },
];

const replaceUpstream = {
  name: 'replace-upstream',
  setup({ onLoad, onEnd }) {
    const missing = new Set(replacedUpstream);
    for (const place of replacedUpstream) {
      onLoad({ filter: place.file }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        const contents = place.replace(text);
        if (contents !== text) missing.delete(place);
        return { contents };
      });
    }
    onEnd(() => ({
      errors: [...missing].map(({ file }) => ({ text: `${file} was not met: look where upstream does this now` })),
    }));
  },
};

/** Names that the bundle's own modules above refer to. */
const prelude = `'use strict';
const hallmarkBuiltin = process.getBuiltinModule;
const hallmarkUrl = hallmarkBuiltin('url').pathToFileURL(__filename).href;
const hallmarkOnUse = (target, name, take) =>
  Object.defineProperty(target, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = take();
      Object.defineProperty(target, name, { enumerable: true, value });
      return value;
    },
  });`;

async function text(entry) {
  const result = await build({
    ...shared,
    entryPoints: [entry],
    format: 'cjs',
    target: 'node22',
    write: false,
    minify: true,
  });
  return result.outputFiles[0].text;
}

async function buildPreload(policy) {
  const deliveryWorker = await text('src/leaving/delivery-worker.ts');
  await build({
    ...shared,
    entryPoints: ['src/entry/preload.ts'],
    outfile: 'dist/preload.cjs',
    format: 'cjs',
    target: 'node22',
    conditions: ['node'],
    mainFields: ['module', 'main'],
    minify: true,
    plugins: [ownBuiltins, noDebug, replaceUpstream, openTelemetry],
    inject: ['src/export/globals.ts'],
    banner: { js: prelude },
    define: {
      HALLMARK_VERSION: JSON.stringify(version),
      HALLMARK_POLICY: JSON.stringify(JSON.stringify(policy)),
      HALLMARK_POLICY_MARK: JSON.stringify(policyMark(policy)),
      HALLMARK_DELIVERY_WORKER: JSON.stringify(deliveryWorker),
      'import.meta.url': 'hallmarkUrl',
    },
  });
}

async function buildEntry() {
  // The entry must parse on any Node that still exists, so that an old one gets one line and not a SyntaxError.
  await build({
    ...shared,
    entryPoints: ['src/entry/instrumentation.ts'],
    outfile: 'dist/instrumentation.cjs',
    format: 'cjs',
    target: 'node12',
    external: ['./preload.cjs'],
    // What an ES module may import by name.
    footer: { js: '0 && (module.exports = { flush });' },
    define: { HALLMARK_VERSION: JSON.stringify(version) },
  });
}

/** The command by which people write the file of HALLMARK_LIVE_FILE. */
async function buildCommand() {
  await build({
    ...shared,
    entryPoints: ['src/entry/hallmark-ask.ts'],
    outfile: 'dist/hallmark-ask.cjs',
    format: 'cjs',
    target: 'node22',
  });
}

/** The entry's types; compiled from the same file, and without the SDK's, which a service does not have. */
function writeTypes() {
  const compiled = readFileSync(join(room, 'dist/entry/instrumentation.d.ts'), 'utf8');
  writeFileSync(join(room, 'dist/instrumentation.d.cts'), compiled.replace(/\n?\/\/# sourceMappingURL.*/, ''));
}

async function buildEsModuleParts() {
  mkdirSync(join(room, 'dist/esm/lib'), { recursive: true });
  // Wrapped ES modules import lib/register.js by URL; it hands over the copy that lives in the bundle.
  writeFileSync(
    join(room, 'dist/esm/lib/register.js'),
    "export const { register, ModuleBinder } = globalThis[Symbol.for('hallmark.import-in-the-middle')];\n",
  );
  await build({
    ...shared,
    entryPoints: [require.resolve('import-in-the-middle/hook.mjs')],
    outfile: 'dist/esm/hook.mjs',
    format: 'esm',
    target: 'node22',
    banner: {
      js: "import { createRequire as hallmarkCreateRequire } from 'node:module'; const require = hallmarkCreateRequire(import.meta.url);",
    },
  });
}

/** A fault of the policy is the reader's to mend: its place and what is wrong say all, a stack would hide them. */
function policyOrEnd() {
  try {
    return readPolicy();
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

const policy = policyOrEnd();
mkdirSync(join(room, 'dist'), { recursive: true });
writeTypes();
await Promise.all([buildPreload(policy), buildEntry(), buildEsModuleParts(), buildCommand()]);
