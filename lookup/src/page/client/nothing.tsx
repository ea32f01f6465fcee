import type { StoryView } from '../model.js';
import { visible } from './hostile.js';
import { usePlace } from './place.js';

/** What to do when a story is empty. */
export function Nothing({ view }: { view: StoryView }) {
  const { address, go, leave } = usePlace();
  const value = Object.values(view.asked).at(-1) ?? '';
  const isNarrow = address.since !== undefined || address.from !== undefined;
  return (
    <div class="alone">
      <h2>Nothing is known of it</h2>
      <ul>
        {view.notes.map((note) => (
          <li key={note.text}>{visible(note.text)}</li>
        ))}
        <li>Is it the whole id? A part of one isn’t taken for it, and upper and lower case count.</li>
        <li>Is it only seconds old? Records need a moment to arrive: look again.</li>
        {isNarrow && <li>Is it older than the window above?</li>}
      </ul>
      <p class="row-of-buttons">
        {isNarrow && (
          <button type="button" class="button" onClick={() => go({ since: undefined, from: undefined, to: undefined })}>
            Look in the last 30 days
          </button>
        )}
        <button type="button" class="button" onClick={() => leave({ q: `"${value.replace(/["\\]/g, '\\$&')}"` })}>
          Look for it in messages
        </button>
      </p>
    </div>
  );
}
