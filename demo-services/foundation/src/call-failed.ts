/** A call of another service that was not answered, or answered with an error. */
export class CallFailed extends Error {
  /** The HTTP status of the answer, or undefined where there was none. */
  readonly status: number | undefined;

  constructor(message: string, status?: number, cause?: unknown) {
    super(message, { cause });
    this.name = 'CallFailed';
    this.status = status;
  }

  /** True where the other side says that the request itself is wrong: repeating it would not help. */
  get refused(): boolean {
    return (
      this.status !== undefined && this.status >= 400 && this.status < 500 && this.status !== 408 && this.status !== 429
    );
  }
}
