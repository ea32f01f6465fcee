/**
 * Something that the user can put right: its message is one line that says what failed, where, and how to go on.
 * Everything else that is thrown is a fault of this program and keeps its stack.
 */
export class StackError extends Error {
  override readonly name = 'StackError';
}

/** The message of anything thrown, on one line. */
export function oneLine(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.replace(/\s+/g, ' ').trim();
}
