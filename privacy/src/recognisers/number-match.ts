/** A number that was recognised, as offsets in the text. */
export interface NumberMatch {
  readonly start: number;
  readonly end: number;
  /** How many digit runs it takes up. */
  readonly runs: number;
  /** 'checksum', 'prefix' or 'written form'. */
  readonly rule: string;
}
