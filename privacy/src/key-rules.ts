import type { CompiledKind } from './compiled.js';
import { isCountKey } from './counters.js';
import { lazy } from './lazy.js';
import type { Policy } from './schema.js';
import { keyEndings, keyWords } from './words.js';

/** What the policy says about a key. */
export interface KeyVerdict {
  /** The kind that lists the key: its value is masked whatever it is. */
  readonly kind: CompiledKind | undefined;
  /** The words of the policy by which it is listed: 'phone' for customer.phoneNumber. */
  readonly listed: string | undefined;
  /** Its value is hashed, whatever its kind says; such a key has a kind too. */
  readonly hashed: boolean;
  /** Forms under which the key's value is never touched. */
  readonly spared: readonly RegExp[];
  readonly sql: boolean;
  /** The words of the key: `oldValue` and `old_value` are 'old value'. */
  readonly name: string;
  /** It names what stands in other fields of its object: a pair's name field, or a list of columns. */
  readonly names: boolean;
  /** The value fields, by their words, that this key names the content of, when it is the name field of a pair. */
  readonly pairs: readonly (readonly string[])[];
  /** Its words end in 'headers': an array under it may hold them as they were sent. */
  readonly headers: boolean;
  /** The name of a counter of what was masked: its number stays, any other value is judged by the other fields. */
  readonly counts: boolean;
  /** The key without what is personal in its own text, once somebody has asked; nearly always the key as it is. */
  clean: string | undefined;
  /** The key was found to be clean, and names nothing: all that is left to look at is its value. */
  plain: boolean;
  /** A text that stands under the key again and again, and stays as it is. */
  steady: string | undefined;
}

/** What stands behind a hashed key, in a text too: `session_id=…`. */
const hashedKey: CompiledKind = {
  name: 'hashed_key',
  recognise: new Set(),
  forms: [],
  minDigits: 0,
  maxDigits: 0,
  keep: 'nothing',
  hashed: true,
};

/** Distinct keys that are remembered; a process has a few hundred, and one that makes up keys must not fill the memory. */
const rememberedKeys = 5_000;
const longestKeyLength = 200;
/** Ends of keys that stand on most records: url.path and service.name name nothing. */
const namesMuch = new Set(['name', 'key', 'path']);
/** Keys of a list of columns, whose values stand in rows beside it. */
const columnKeys = new Set(['columns', 'column names', 'fields', 'field names', 'header', 'headers', 'keys', 'names']);

/** Looks keys up in the policy; every distinct key is analysed once. */
export class KeyRules {
  readonly #kinds = new Map<string, CompiledKind>();
  readonly #hashed: ReadonlySet<string>;
  readonly #spared = new Map<string, (() => RegExp)[]>();
  readonly #sql: ReadonlySet<string>;
  readonly #pairs = new Map<string, (readonly string[])[]>();
  readonly #verdicts = new Map<string, KeyVerdict>();

  constructor(policy: Policy, kinds: ReadonlyMap<string, CompiledKind>) {
    for (const [name, { keys }] of Object.entries({ ...policy.kinds, ...policy.own })) {
      const kind = kinds.get(name);
      for (const key of keys ?? []) if (kind) this.#kinds.set(normal(key), kind);
    }
    for (const { keys, form } of policy.never_touched) {
      const pattern = lazy(() => new RegExp(`^(?:${form})$`, 'u'));
      for (const key of keys) this.#spared.set(normal(key), [...(this.#spared.get(normal(key)) ?? []), pattern]);
    }
    this.#hashed = new Set(policy.hashed_keys.map(normal));
    for (const key of this.#hashed) if (!this.#kinds.has(key)) this.#kinds.set(key, hashedKey);
    this.#sql = new Set(policy.sql_keys.map(normal));
    for (const { name, values } of policy.pairs)
      this.#pairs.set(normal(name), [...(this.#pairs.get(normal(name)) ?? []), values.map(normal)]);
  }

  of(key: string): KeyVerdict {
    const known = this.#verdicts.get(key);
    if (known) return known;
    const verdict = this.#judge(key.length > longestKeyLength ? key.slice(-longestKeyLength) : key);
    if (this.#verdicts.size >= rememberedKeys) this.#verdicts.clear();
    this.#verdicts.set(key, verdict);
    return verdict;
  }

  #judge(key: string): KeyVerdict {
    const endings = keyEndings(key);
    const whole = normal(key);
    const listedAt = endings.findIndex((ending) => this.#kinds.has(ending));
    const listed = this.#kinds.get(endings[listedAt] ?? '');
    const sparedAt = endings.findIndex((ending) => this.#spared.has(ending));
    // The longer ending says more: 'birth date' is listed, whatever 'date' is.
    const spares = sparedAt >= 0 && (listedAt < 0 || sparedAt <= listedAt);
    const spared = spares ? (this.#spared.get(endings[sparedAt] ?? '') ?? []).map((pattern) => pattern()) : [];
    // 'bind address 0.0.0.0:8080': the value of these words stands in the key already, and it is never touched.
    const kind = listed && spared.length > 0 && hasValue(key, spared) ? undefined : listed;
    const hashed = endings.some((ending) => this.#hashed.has(ending));
    const sql = this.#sql.has(whole);
    const pairs = this.#pairs.get(whole) ?? this.#pairsBehind(whole);
    return {
      kind,
      listed: endings[listedAt],
      hashed,
      spared,
      sql,
      name: whole,
      names: pairs.length > 0 || columnKeys.has(whole),
      pairs,
      headers: whole.endsWith('headers'),
      counts: isCountKey(key),
      clean: undefined,
      plain: false,
      steady: undefined,
    };
  }

  /** `audit.field` names `audit.old`; but service.name names nothing. */
  #pairsBehind(words: string): readonly (readonly string[])[] {
    for (const [name, lists] of this.#pairs) {
      if (namesMuch.has(name) || !words.endsWith(` ${name}`)) continue;
      const prefix = words.slice(0, -name.length);
      return lists.map((values) => values.map((value) => prefix + value));
    }
    return [];
  }
}

function hasValue(key: string, forms: readonly RegExp[]): boolean {
  const last = key.slice(key.lastIndexOf(' ') + 1);
  return last !== key && /^\d/.test(last) && forms.some((form) => form.test(last));
}

function normal(key: string): string {
  return keyWords(key).join(' ');
}
