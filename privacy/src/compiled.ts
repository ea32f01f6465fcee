import { lazy } from './lazy.js';
import type { ChecksumName, Policy, RecogniserName } from './schema.js';
import { literal } from './words.js';

/** A kind of the policy, ready to run. */
export interface CompiledKind {
  readonly name: string;
  readonly recognise: ReadonlySet<RecogniserName>;
  readonly forms: readonly CompiledForm[];
  /** How many digits a number beside a context word may have. */
  readonly minDigits: number;
  readonly maxDigits: number;
  readonly keep: 'last 4' | 'domain' | 'nothing';
  readonly hashed: boolean;
}

export interface CompiledForm {
  readonly find: () => RegExp;
  /** Literals; a text without any of them has no match. */
  readonly hints: readonly string[];
  readonly checksum: ChecksumName | undefined;
  readonly contextOnly: boolean;
  readonly extend: 'none' | 'word' | 'text';
}

/** The part of a text that is personal, as offsets into the text that was looked at. */
export interface Finding {
  start: number;
  end: number;
  readonly kind: CompiledKind;
  /** What found it, for people: 'card: checksum', 'phone: context word', 'password: key'. */
  readonly rule: string;
}

export function compileKinds(policy: Policy): Map<string, CompiledKind> {
  const kinds = new Map<string, CompiledKind>();
  for (const [name, kind] of Object.entries({ ...policy.kinds, ...policy.own })) {
    const [minDigits, maxDigits] = digitRange(kind.digits);
    kinds.set(name, {
      name,
      recognise: new Set(kind.recognise),
      forms: (kind.forms ?? []).map((form) => ({
        find: lazy(
          () => new RegExp(`(?<![\\p{L}\\p{N}_])(?:${form.pattern})${form.run_on ? '' : '(?![\\p{L}\\p{N}])'}`, 'gu'),
        ),
        hints: form.hint,
        checksum: form.checksum,
        contextOnly: form.context_only ?? false,
        extend: form.to_end ? 'text' : form.run_on ? 'word' : 'none',
      })),
      minDigits,
      maxDigits,
      keep: kind.keep ?? 'nothing',
      hashed: kind.replace === 'hash',
    });
  }
  return kinds;
}

/** One expression for all context words and phrases of the policy, and which kinds each stands for. */
export function compileContext(policy: Policy, kinds: ReadonlyMap<string, CompiledKind>) {
  const kindsOf = new Map<string, CompiledKind[]>();
  for (const [name, kind] of Object.entries({ ...policy.kinds, ...policy.own })) {
    const compiled = kinds.get(name);
    if (!compiled) continue;
    for (const word of kind.context ?? [])
      kindsOf.set(contextWord(word), [...(kindsOf.get(contextWord(word)) ?? []), compiled]);
  }
  const find = lazy(() => {
    const longestFirst = [...kindsOf.keys()]
      .sort((a, b) => b.length - a.length)
      .map((word) => literal(word).replaceAll("'", "['’]{1,2}"));
    return new RegExp(`(?<!\\p{L})(?:${longestFirst.join('|') || '(?!)'})(?!\\p{L})`, 'giu');
  });
  return { find, kindsOf };
}

/** A context word as it is looked up: its apostrophe may be doubled, as in a literal of SQL, or a typographic one. */
export function contextWord(found: string): string {
  return found.toLowerCase().replace(/['’]{1,2}/g, "'");
}

function digitRange(range: string | undefined): [number, number] {
  const [from = '6', to = from] = (range ?? '6-20').split('-');
  return [Number(from), Number(to)];
}
