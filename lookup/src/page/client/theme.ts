import { useLayoutEffect } from 'preact/hooks';
import type { Address } from '../address.js';

/** Follows the address, or what the system prefers. */
export function useTheme(theme: Address['theme']): void {
  useLayoutEffect(() => {
    if (theme === undefined) document.documentElement.removeAttribute('data-theme');
    else document.documentElement.setAttribute('data-theme', theme);
  }, [theme]);
}

/** The theme that isn't shown now; undefined where that is what the system prefers anyway. */
export function otherTheme(): Address['theme'] | undefined {
  const prefersDark = matchMedia('(prefers-color-scheme: dark)').matches;
  const shown = document.documentElement.getAttribute('data-theme') ?? (prefersDark ? 'dark' : 'light');
  const other = shown === 'dark' ? 'light' : 'dark';
  return (other === 'dark') === prefersDark ? undefined : other;
}
