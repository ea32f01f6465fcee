import { useEffect, useRef } from 'preact/hooks';

/** Every key of the page, with what it does: `?` shows them. */
export const keys = [
  ['/', 'to the search box'],
  ['n  p', 'next, previous error'],
  ['j  k', 'next, previous row; the arrow keys too, in the list'],
  ['→  ←', 'open a row, fold it up; then to what is beneath, above it'],
  ['Enter', 'the fields of the row'],
  ['Esc', 'back to the list, close what is open'],
  ['s', 'only the span of the row, or the whole story again'],
  ['v', 'waterfall or timeline'],
  ['a', 'also what only repeats other rows'],
  ['f', 'narrow the rows by words'],
  ['[  ]', 'fold everything up, open everything'],
  ['u', 'local time or UTC'],
  ['t', 'dark or light'],
  ['l', 'live: what arrives from now on'],
  ['?', 'these keys'],
] as const;

const offKey = 'hallmark-single-keys';

/** Single keys can be turned off: a voice that is typed out would press them (WCAG 2.1.4). */
export function areKeysOn(): boolean {
  return localStorage.getItem(offKey) !== 'off';
}

export function turnKeys(on: boolean): void {
  if (on) localStorage.removeItem(offKey);
  else localStorage.setItem(offKey, 'off');
}

export type Keys = Readonly<Record<string, () => void>>;

/** Listens to single keys, wherever the focus is except where a text is being written. */
export function useKeys(actions: Keys): void {
  const current = useRef(actions);
  current.current = actions;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (document.querySelector('dialog[open]')) return;
      const isEscape = event.key === 'Escape';
      if (!isEscape && (isWriting(event.target) || !areKeysOn())) return;
      const action = current.current[event.key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
