import { useEffect, useState } from 'preact/hooks';
import { zoneName } from '../times.js';
import { usePlace } from './place.js';
import { otherTheme } from './theme.js';

export const windows = [
  ['15m', 'last 15 minutes'],
  ['1h', 'last hour'],
  ['24h', 'last 24 hours'],
  ['7d', 'last 7 days'],
  ['30d', 'last 30 days'],
] as const;
export const usualWindow = '30d';

export function Header({ onHelp }: { onHelp: () => void }) {
  const { address, leave, note } = usePlace();
  const [text, setText] = useState(address.q ?? '');
  useEffect(() => setText(address.q ?? ''), [address.q]);
  const isFixed = address.from !== undefined || address.to !== undefined;
  const since = address.since ?? (isFixed ? 'fixed' : usualWindow);
  const search = (window: string) => {
    if (text.trim() === '') return;
    const kept = window === 'fixed' ? { from: address.from ?? '', to: address.to ?? '' } : {};
    // What was found is read next: keys are for it again.
    document.getElementById('content')?.focus();
    leave({ q: text.trim(), ...kept, ...(window !== usualWindow && window !== 'fixed' && { since: window }) });
  };
  return (
    <header class="top">
      <a
        class="brand"
        href="/"
        onClick={(event) => {
          event.preventDefault();
          leave({});
        }}
      >
        <span class="stamp" aria-hidden="true">
          H
        </span>
        <span class="brand-name">Hallmark</span>
      </a>
      <search>
        <form
          class="search"
          onSubmit={(event) => {
            event.preventDefault();
            search(since);
          }}
        >
          <label for="q" class="hidden">
            Order, trace, span or message id, or words
          </label>
          <input
            id="q"
            name="q"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
            placeholder="Order, trace, span or message id, or words"
            autocomplete="off"
            spellcheck={false}
            maxLength={4_000}
          />
          <label for="since" class="hidden">
            Window
          </label>
          <select id="since" value={since} onChange={(event) => search(event.currentTarget.value)}>
            {isFixed && <option value="fixed">chosen window</option>}
            {windows.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
            {!isFixed && !windows.some(([value]) => value === since) && <option value={since}>last {since}</option>}
          </select>
          <button type="submit" class="button strong">
            Look up
          </button>
        </form>
      </search>
      <div class="manner">
        <button
          type="button"
          class="button quiet"
          title="Times in local time or UTC (u)"
          onClick={() => note({ tz: address.tz === 'utc' ? undefined : 'utc' })}
        >
          <span class="hidden">Times are in </span>
          {zoneName(address.tz ?? 'local')}
        </button>
        <button
          type="button"
          class="button quiet"
          title="Dark or light (t)"
          aria-label="Dark or light"
          onClick={() => note({ theme: otherTheme() })}
        >
          <span aria-hidden="true">◐</span>
        </button>
        <button type="button" class="button quiet" title="Keys (?)" aria-label="Keys" onClick={onHelp}>
          <span aria-hidden="true">?</span>
        </button>
      </div>
    </header>
  );
}
