import type { Address } from '../address.js';

/** A request about a story, in the window that the address has. */
export function storyPath(path: string, story: string, address: Address, more: Record<string, string> = {}): string {
  return `${path}?${new URLSearchParams({ story, ...windowOf(address), ...more })}`;
}

export function searchPath(path: string, q: string, address: Address, more: Record<string, string> = {}): string {
  return `${path}?${new URLSearchParams({ q, ...windowOf(address), ...more })}`;
}

function windowOf({ since, from, to }: Address): Record<string, string> {
  return { ...(since && { since }), ...(from && { from }), ...(to && { to }) };
}
