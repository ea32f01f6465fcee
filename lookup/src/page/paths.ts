import type { Address } from './address.js';

/** A request about a story, in the window that the address has. */
export function storyPath(path: string, story: string, address: Address, more: Record<string, string> = {}): string {
  return `${path}?${new URLSearchParams({ story, ...windowOf(address), ...more })}`;
}

export function searchPath(path: string, q: string, address: Address, more: Record<string, string> = {}): string {
  return `${path}?${new URLSearchParams({ q, ...windowOf(address), ...more })}`;
}

/** What the page asks for first at an address. */
export function firstPath(address: Address): string | undefined {
  if (address.story !== undefined) return storyPath('/api/story', address.story, address);
  return address.q === undefined ? undefined : searchPath('/api/search', address.q, address);
}

function windowOf({ since, from, to }: Address): Record<string, string> {
  return { ...(since && { since }), ...(from && { from }), ...(to && { to }) };
}
