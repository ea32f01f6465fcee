/** A command line that can't be understood; the message is one line and says what would be right. */
export class UsageError extends Error {
  override name = 'UsageError';
}
