import type { Span } from '@opentelemetry/sdk-trace';

/** Attributes that hold a query string, under their stable and their former names; `url.query` holds nothing else. */
const QUERY = 'url.query';
const URLS = ['url.full', 'http.url', 'http.target'] as const;

/** Replaces the values of query strings before their span is exported: they are where personal data stands. The keys stay. */
export function maskQueryStrings(span: Span): void {
  const query = span.attributes[QUERY];
  if (typeof query === 'string' && query !== '') span.setAttribute(QUERY, withoutValues(query));
  for (const name of URLS) {
    const url = span.attributes[name];
    const start = typeof url === 'string' ? url.indexOf('?') : -1;
    if (start >= 0)
      span.setAttribute(name, String(url).slice(0, start + 1) + withoutValues(String(url).slice(start + 1)));
  }
}

function withoutValues(query: string): string {
  return query
    .replace(/^\?/, '')
    .split('&')
    .map((part) => (part.includes('=') ? `${part.slice(0, part.indexOf('='))}=?` : part && '?'))
    .join('&');
}
