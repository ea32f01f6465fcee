/** What a row is called in an address: the same whenever its story is looked up. */
export function rowName(of: {
  readonly type: 'span' | 'record';
  readonly timeMs: number;
  readonly spanId?: string;
}): string {
  return of.type === 'span' ? (of.spanId ?? '') : `r${Math.round(of.timeMs * 1_000).toString(36)}`;
}
