import type { Failed } from './ask.js';

/** What went wrong with a look-up, and how to go on. */
export function Trouble({ failure, again, q }: { failure: Failed; again: () => void; q?: string | undefined }) {
  if (failure.status === 403 && failure.message === 'no session') {
    return (
      <div class="alone" role="alert">
        <h1>The look-up is not open in this browser any more</h1>
        <p>
          Open a new link: the last line that begins with <code>LOOKUP_URL=</code> in the terminal in which the page was
          started. Then reload this page.
        </p>
      </div>
    );
  }
  return (
    <div class="alone" role="alert">
      <h1>{failure.column === undefined ? 'No answer' : 'That can’t be searched for'}</h1>
      <p>{failure.message}</p>
      {failure.column !== undefined && q !== undefined && (
        <pre class="caret">
          {q}
          {'\n'}
          {' '.repeat(Math.max(0, failure.column - 1))}^
        </pre>
      )}
      <p>
        <button type="button" class="button" onClick={again}>
          Ask again
        </button>
      </p>
    </div>
  );
}
