import { readFileSync } from 'node:fs';
import { parseKeyPairsIntoRecord } from '@opentelemetry/core';
import { limits } from './limits.js';

/** Names of variables whose value could not be used, with the reason; values are never repeated. */
export type IgnoredSettings = Map<string, string>;

/** RFC 9110, 5.1 and 5.5. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Reads typed values from the environment; what can't be used is noted in `ignored` and the default taken. */
export class Environment {
  readonly ignored: IgnoredSettings = new Map();
  /** Names that were asked for, whether they are set or not. */
  readonly read = new Set<string>();
  readonly #variables: NodeJS.ProcessEnv;

  constructor(variables: NodeJS.ProcessEnv) {
    this.#variables = variables;
  }

  text(name: string): string | undefined {
    this.read.add(name);
    return this.#variables[name]?.trim() || undefined;
  }

  ignore(name: string, reason: string): void {
    if (!this.ignored.has(name)) this.ignored.set(name, reason);
  }

  /** Names of all variables that begin so. */
  startingWith(prefix: string): string[] {
    return Object.keys(this.#variables).filter((name) => name.startsWith(prefix));
  }

  /** A whole number. @param most default: the longest timer in milliseconds */
  number(name: string, fallback: number, least: number, most = 2 ** 31 - 1): number {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    this.ignore(name, `not a whole number from ${least} to ${most}`);
    return fallback;
  }

  flag(name: string, fallback: boolean): boolean {
    const text = this.text(name)?.toLowerCase();
    if (text === undefined) return fallback;
    if (text === 'true' || text === 'false') return text === 'true';
    this.ignore(name, 'neither true nor false');
    return fallback;
  }

  /** A list separated by commas, without empty entries. */
  list(name: string): string[] {
    return (this.text(name) ?? '').split(',').flatMap((entry) => entry.trim() || []);
  }

  /** Those of a list that are known. */
  names<T extends string>(name: string, known: readonly T[]): Set<T> {
    const read = new Set<T>();
    for (const entry of this.list(name)) {
      if ((known as readonly string[]).includes(entry)) read.add(entry as T);
      else this.ignore(name, `names are ${known.join(', ')}`);
    }
    return read;
  }

  /** HTTP headers as `name=value,name=value`, percent-encoded. One that HTTP does not allow would stop every request: it is left out. */
  headers(name: string): Readonly<Record<string, string>> {
    const read = Object.entries(parseKeyPairsIntoRecord(this.text(name)));
    const sendable = read.filter(([header, value]) => HEADER_NAME.test(header) && HEADER_VALUE.test(value));
    if (sendable.length < this.list(name).length) this.ignore(name, 'not name=value,name=value as HTTP allows them');
    return Object.fromEntries(sendable);
  }

  choice<T extends string>(name: string, choices: readonly T[], fallback: T): T {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const choice = text.toLowerCase() as T;
    if (choices.includes(choice)) return choice;
    this.ignore(name, `not one of ${choices.join(', ')}`);
    return fallback;
  }

  /** Paths of HTTP requests, without a query. */
  paths(name: string): string[] {
    const entries = this.list(name);
    const paths = entries.filter((entry) => /^\/[^?#]*$/.test(entry));
    if (paths.length < entries.length) this.ignore(name, 'paths begin with / and have no query: /health');
    return paths;
  }

  /** Notes a file of certificates or keys in PEM that can't be used; who reads it is another one. */
  pem(name: string): void {
    const path = this.text(name);
    if (path === undefined) return;
    try {
      if (!readFileSync(path, 'latin1').includes('-----BEGIN ')) this.ignore(name, 'the file is not in PEM format');
    } catch (error) {
      this.ignore(name, `the file can't be read: ${String((error as NodeJS.ErrnoException).code)}`);
    }
  }

  /** An absolute http or https URL. */
  url(name: string): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
    this.ignore(name, 'not a URL with http:// or https://');
    return undefined;
  }

  /** `key=source,source;key=source` as a map of lists. */
  sources(name: string): Map<string, string[]> {
    const result = new Map<string, string[]>();
    for (const entry of (this.text(name) ?? '').split(';').filter((part) => part.trim())) {
      const [key = '', sources = ''] = entry.split('=').map((part) => part.trim());
      const names = sources.split(',').flatMap((source) => source.trim() || []);
      if (key === '' || names.length === 0 || key.length > limits.contextValueChars)
        this.ignore(name, 'not key=source,source;key=source');
      else result.set(key, names);
    }
    return result;
  }
}
