import type { StoryView } from '../model.js';
import { visible } from './hostile.js';

const shownAtOnce = 2;

const marks = { whole: '✓', partial: '◐', empty: '○' } as const;
const words = { whole: 'Whole', partial: 'Partial', empty: 'Empty' } as const;

/** Whether the story is all there is, and what it lacks: always in sight. */
export function Verdict({ view }: { view: StoryView }) {
  const { verdict, gaps, notes } = view;
  const first = gaps.slice(0, shownAtOnce);
  const rest = [...gaps.slice(shownAtOnce), ...notes];
  const explained =
    verdict === 'whole'
      ? 'nothing is missing'
      : verdict === 'empty'
        ? `nothing was found since ${view.since.slice(0, 10)}`
        : `${gaps.length === 1 ? 'one thing is' : `${gaps.length} things are`} missing`;
  return (
    <div class={`verdict ${verdict}`}>
      <p class="verdict-word">
        <span class="chip">
          <span aria-hidden="true">{marks[verdict]}</span> {words[verdict]}
        </span>
        <span class="faint">{explained}</span>
      </p>
      {(first.length > 0 || rest.length > 0) && (
        <div class="gaps">
          {first.length > 0 && (
            <ul>
              {first.map((gap) => (
                <li key={gap.text}>{visible(gap.text)}</li>
              ))}
            </ul>
          )}
          {rest.length > 0 && (
            <details>
              <summary>
                {gaps.length > shownAtOnce
                  ? `${rest.length} more`
                  : rest.length === 1
                    ? '1 note'
                    : `${rest.length} notes`}
              </summary>
              <ul>
                {rest.map((each) => (
                  <li key={each.text}>{visible(each.text)}</li>
                ))}
              </ul>
            </details>
          )}
        </div>
      )}
    </div>
  );
}
