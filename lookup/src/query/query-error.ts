/** Words of the search language that can't be understood. The message is one line and says what would be right. */
export class QueryError extends Error {
  override name = 'QueryError';
  /** Where in the query it is wrong: 1 is the first character (UTF-16 code unit). */
  readonly column: number;
  /** How many characters are wrong, at least 1. */
  readonly length: number;

  constructor(message: string, column: number, length: number) {
    super(message);
    this.column = column;
    this.length = Math.max(1, length);
  }
}
