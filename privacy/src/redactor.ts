import { type CheapAnswer, compileCheapPass, nothing, something } from './cheap-pass.js';
import type { Finding } from './compiled.js';
import { isCount } from './counters.js';
import { compileDetector, type Detector } from './detect.js';
import type { KeyVerdict } from './key-rules.js';
import { KnownTexts } from './known-texts.js';
import { policyMark } from './mark.js';
import type { PhoneLibrary } from './recognisers/phone.js';
import { cutOut, isReplaced, merged, type Replacement, replaced } from './replace.js';
import { printable } from './rule-names.js';
import type { Policy } from './schema.js';
import { shadowOf } from './shadow.js';
import { withoutLiterals } from './sql.js';

/** What was done to one text, for people: never the value itself. */
export interface Explained {
  readonly kind: string;
  readonly rule: string;
  /** Offsets in the text as it is meant, with its encodings undone. */
  readonly start: number;
  readonly end: number;
}

export interface RedactorOptions {
  /** The policy's mark, where it has been computed before (the bundle of the preload); else it is computed. */
  readonly mark?: string | undefined;
  readonly loadPhones: () => PhoneLibrary;
  /** Key of the keyed hash; without one, what would be hashed is masked. */
  readonly hmacKey?: string | undefined;
  /** Called once, when a value should have been hashed and there is no key. */
  readonly onMissingKey?: () => void;
}

/** How many values of each kind were masked. */
export type Counts = Map<string, number>;

interface Statement {
  readonly text: string;
  readonly counts: Counts;
}

/** SQL texts that are remembered with their literals gone: a service has few statements and sends them again and again. */
const rememberedStatements = 500;
const longestRememberedStatement = 2_000;
/** Integers below this have fewer digits than anything that counts by itself; fractions are amounts and times. */
const smallestNumber = 1e9;

/**
 * Takes personal data out of texts and values by a policy. Pure: no input or output, no clock. Never throws for any text,
 * and takes time linear in its length.
 */
export class Redactor {
  readonly mark: string;
  /** What stands in place of a value that was masked. */
  readonly mask: string;
  readonly #detector: Detector;
  readonly #cheapPass: (text: string) => CheapAnswer;
  readonly #knownClean = new KnownTexts();
  readonly #replacement: Replacement;
  readonly #statements = new Map<string, Statement>();

  constructor(policy: Policy, options: RedactorOptions) {
    this.mark = options.mark ?? policyMark(policy);
    this.mask = policy.mask;
    this.#detector = compileDetector(policy, options.loadPhones);
    this.#cheapPass = compileCheapPass(policy);
    let told = false;
    const onMissingKey = () => {
      if (!told) options.onMissingKey?.();
      told = true;
    };
    this.#replacement = { mask: policy.mask, hmacKey: options.hmacKey || undefined, onMissingKey };
  }

  /** A text with what is personal in it replaced; the same string when there is nothing. */
  text(text: string, counts?: Counts): string {
    return this.#mayHold(text) ? this.#searched(text, counts) : text;
  }

  /** What `text` would replace, and why. */
  explain(text: string): Explained[] {
    if (!this.#mayHold(text)) return [];
    return merged(this.#detector.find(shadowOf(text))).map(({ kind, rule, start, end }: Finding) => ({
      kind: kind.name,
      rule: printable(rule, this.#detector.keys),
      start,
      end,
    }));
  }

  /** What the policy says about a key. */
  verdict(key: string): KeyVerdict {
    return this.#detector.keys.of(key);
  }

  /** A key without what is personal in its own text; nearly always the key as it is. */
  key(key: string, verdict: KeyVerdict): string {
    verdict.clean ??= this.text(key);
    verdict.plain = verdict.clean === key && !verdict.names;
    return verdict.clean;
  }

  /** A string or number that stands under a key; the same when there is nothing to replace. */
  scalar(value: unknown, verdict: KeyVerdict, counts?: Counts): unknown {
    if (typeof value === 'string') return this.#string(value, verdict, counts);
    if (typeof value !== 'number' && typeof value !== 'bigint') return value;
    const { kind, sql } = verdict;
    if (!kind && !sql && ((value < smallestNumber && value > -smallestNumber) || Number(value) % 1 !== 0)) return value;
    if (verdict.counts && isCount(value)) return value;
    const text = String(value);
    const found: Counts = new Map();
    const clean = this.#string(text, verdict, found);
    if (clean === text) return value;
    // What a text would spare by the word before it, 'order: 79161234567', is spared under such a key too.
    const inText = `${verdict.name}: ${text}`;
    if (!kind && !sql && this.text(inText) === inText) return value;
    for (const [name, times] of found) count(counts, name, times);
    return clean;
  }

  /** An SQL statement without its literals. */
  sql(statement: string): string {
    return this.#statement(statement).text;
  }

  #string(text: string, verdict: KeyVerdict, counts?: Counts): string {
    if (text === verdict.steady) return text;
    const { kind, spared, sql } = verdict;
    // The cheap pass costs less than the forms of a key that is never touched.
    if (!kind && !sql && !this.#mayHold(text, verdict)) return text;
    if (spared.some((form) => form.test(text))) return text;
    if (sql) {
      const statement = this.#statement(text);
      if (statement.text === text) verdict.steady = text;
      for (const [name, times] of statement.counts) count(counts, name, times);
      return statement.text;
    }
    if (!kind) return this.#searched(text, counts);
    if (text === '' || isReplaced(text, this.#replacement.mask)) return text;
    count(counts, kind.name);
    return replaced(text, kind, verdict.hashed, this.#replacement);
  }

  /** @param verdict of the key that the text stands under: what is known to hold nothing is noted there */
  #mayHold(text: string, verdict?: KeyVerdict): boolean {
    if (this.#knownClean.has(text)) {
      if (verdict) verdict.steady = text;
      return false;
    }
    const answer = this.#cheapPass(text);
    if (answer === nothing) this.#knownClean.add(text);
    return answer === something;
  }

  #searched(text: string, counts?: Counts): string {
    const shadow = shadowOf(text);
    const findings = merged(this.#detector.find(shadow));
    if (findings.length === 0) {
      this.#knownClean.add(text);
      return text;
    }
    for (const { kind } of findings) count(counts, kind.name);
    return cutOut(shadow, findings, this.#replacement);
  }

  #statement(statement: string): Statement {
    const known = this.#statements.get(statement);
    if (known) return known;
    const { text, replaced: literals } = withoutLiterals(statement);
    const counts: Counts = new Map(literals > 0 ? [['sql_literal', literals]] : []);
    const made = { text: this.text(text, counts), counts };
    if (statement.length <= longestRememberedStatement) {
      if (this.#statements.size >= rememberedStatements) this.#statements.clear();
      this.#statements.set(statement, made);
    }
    return made;
  }
}

export function compilePolicy(policy: Policy, options: RedactorOptions): Redactor {
  return new Redactor(policy, options);
}

export function count(counts: Counts | undefined, kind: string, times = 1): void {
  counts?.set(kind, (counts.get(kind) ?? 0) + times);
}
