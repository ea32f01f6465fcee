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
  readonly #variables: NodeJS.ProcessEnv;

  constructor(variables: NodeJS.ProcessEnv) {
    this.#variables = variables;
  }

  text(name: string): string | undefined {
    return this.#variables[name]?.trim() || undefined;
  }

  ignore(name: string, reason: string): void {
    if (!this.ignored.has(name)) this.ignored.set(name, reason);
  }

  /** A whole number from `least` to 2^31 - 1, the longest timer. */
  number(name: string, fallback: number, least: number): number {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value < 2 ** 31) return value;
    this.ignore(name, `not a whole number from ${least}`);
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
