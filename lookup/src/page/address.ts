/** Everything that the page shows, as its address says it: a link opened elsewhere shows the same. */
export interface Address {
  /** What stands in the search box. */
  readonly q?: string;
  /** Which story, e.g. `order:ORD-7K2MXQ4BTZ`, `trace:4bf9…`. */
  readonly story?: string;
  /** The window: `24h`, or two moments in ISO 8601. */
  readonly since?: string;
  readonly from?: string;
  readonly to?: string;
  readonly view?: 'timeline';
  /** The span that alone is shown, by the name of its row. */
  readonly scope?: string;
  /** The chosen row. */
  readonly at?: string;
  /** Also rows that only repeat others. */
  readonly all?: '1';
  /** Words to narrow the rows by. */
  readonly find?: string;
  /** Rows that are folded up: names with commas between. */
  readonly closed?: string;
  readonly live?: '1';
  readonly tz?: 'utc';
  readonly theme?: 'light' | 'dark';
}

const names = [
  'q',
  'story',
  'since',
  'from',
  'to',
  'view',
  'scope',
  'at',
  'all',
  'find',
  'closed',
  'live',
  'tz',
  'theme',
] as const satisfies readonly (keyof Address)[];

const choices: Partial<Record<keyof Address, readonly string[]>> = {
  view: ['timeline'],
  all: ['1'],
  live: ['1'],
  tz: ['utc'],
  theme: ['light', 'dark'],
};

/** Reads the part of a URL after `?`. What can't be understood is left out. */
export function readAddress(search: string): Address {
  const parameters = new URLSearchParams(search);
  const read = names.flatMap((name) => {
    const value = parameters.get(name);
    if (value === null || value === '' || choices[name]?.includes(value) === false) return [];
    return [[name, value]];
  });
  return Object.fromEntries(read) as Address;
}

export type Change = { readonly [name in keyof Address]?: Address[name] | undefined };

export function changed(address: Address, change: Change): Address {
  return readAddress(writeAddress({ ...address, ...change }).slice(1));
}

/** `?q=…`, always in the same order; what isn't set is left out. */
export function writeAddress(address: Change): string {
  const parameters = new URLSearchParams();
  for (const name of names) {
    const value = address[name];
    if (value !== undefined && value !== '') parameters.set(name, value);
  }
  const text = parameters.toString();
  return text === '' ? '/' : `/?${text}`;
}

/** What a link to another place keeps of this one: how things are shown, not what. */
export function manner({ tz, theme }: Address): Address {
  return { ...(tz && { tz }), ...(theme && { theme }) };
}
