import nodeModule from 'node:module';
import { logs, metrics, trace } from '@opentelemetry/api';
import { InstrumentationBase } from '@opentelemetry/instrumentation';
import type { RecordWriter } from '../records/record-writer.js';
import type { Settings } from '../settings/settings.js';
import { guarded } from '../talk/stderr.js';
import { configurationOf } from './configuration.js';
import type { Library } from './libraries.js';

/** Installs upstream's hook on `require` before any library is asked for: it can't see a `require` that is under way. */
class RequireHook extends InstrumentationBase {
  override init() {
    return [];
  }
}

/** Brings an instrumentation in when its library is first resolved, so that what a service doesn't load costs nothing. */
export class LibraryLoader {
  readonly broughtIn = new Set<string>();
  /** Libraries that something before the preload has already required. */
  readonly tooEarly: readonly string[];
  readonly #waiting = new Map<string, Library>();
  readonly #modules = new Set<string>();
  readonly #settings: Settings;
  readonly #writer: RecordWriter;

  constructor(selected: readonly Library[], settings: Settings, writer: RecordWriter) {
    this.#settings = settings;
    this.#writer = writer;
    for (const library of selected) {
      for (const module of library.modules) {
        this.#waiting.set(module, library);
        this.#modules.add(module);
      }
    }
    this.tooEarly = this.#loadedBefore();
  }

  /** Libraries that are in Node's module cache already. A winston among them can still be hooked. */
  #loadedBefore(): string[] {
    const { _cache: cache } = nodeModule as unknown as { _cache: Record<string, { exports: unknown }> };
    const names = new Set<string>();
    for (const [path, { exports }] of Object.entries(cache)) {
      const name = moduleName(path);
      if (name === undefined || !this.#modules.has(name)) continue;
      if (name === 'winston') this.#hookLoadedWinston(path, exports);
      else names.add(name);
    }
    return [...names];
  }

  #hookLoadedWinston(path: string, exports: unknown): void {
    guarded('winston', () => {
      const { WinstonBridge } =
        require('../winston/instrumentation.js') as typeof import('../winston/instrumentation.js');
      WinstonBridge.hookLoaded(path, exports, this.#writer);
    });
  }

  /** Starts those that watch something that is always there (fetch, AWS Lambda). */
  start(selected: readonly Library[]): void {
    new RequireHook('hallmark', HALLMARK_VERSION, {});
    for (const library of selected) {
      if (library.modules.length === 0 && isUseful(library.name)) this.#bringIn(library);
    }
  }

  /** True for a module that an enabled instrumentation may wrap. @param url as the resolver gives it */
  isWrapped(url: string): boolean {
    const name = moduleName(url);
    return name !== undefined && this.#modules.has(name);
  }

  /** Told each resolved URL, before the module is loaded. */
  resolved(url: string, parentUrl: string | undefined): void {
    if (this.#waiting.size === 0) return;
    const name = moduleName(url);
    const library = name === undefined ? undefined : this.#waiting.get(name);
    if (library && !isPartOf(parentUrl, library)) this.#bringIn(library);
  }

  /** For a Node on which libraries can't be noticed as they are loaded. */
  bringInAll(): void {
    for (const library of new Set(this.#waiting.values())) this.#bringIn(library);
  }

  #bringIn(library: Library): void {
    for (const module of library.modules) this.#waiting.delete(module);
    guarded(`instrumentation of ${library.name}`, () => {
      const instrumentation = new (library.load())(configurationOf(library.name, this.#settings, this.#writer));
      instrumentation.setTracerProvider(trace.getTracerProvider());
      instrumentation.setMeterProvider(metrics.getMeterProvider());
      instrumentation.setLoggerProvider?.(logs.getLoggerProvider());
      this.broughtIn.add(library.name);
    });
  }
}

/** Express 5 stands on `router`: with both instrumented each layer of a request would have two spans. */
function isPartOf(parentUrl: string | undefined, { name }: Library): boolean {
  return name === 'router' && parentUrl !== undefined && ['express', 'router'].includes(moduleName(parentUrl) ?? '');
}

function isUseful(name: string): boolean {
  return name !== 'aws-lambda' || process.env.AWS_LAMBDA_FUNCTION_NAME !== undefined;
}

/** `http` of `node:http`, `@scope/name` or `name` of a file below node_modules. */
export function moduleName(url: string): string | undefined {
  if (url.startsWith('node:')) return url.slice('node:'.length);
  const start = url.lastIndexOf('/node_modules/');
  if (start < 0) return undefined;
  const [first = '', second = ''] = url.slice(start + '/node_modules/'.length).split('/', 2);
  return first.startsWith('@') ? `${first}/${second}` : first;
}
