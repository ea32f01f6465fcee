import type { Gap } from '../../story/story.js';
import { visible } from './hostile.js';

/** What an answer lacks; nothing where it lacks nothing. */
export function Gaps({ gaps }: { gaps: readonly Gap[] }) {
  if (gaps.length === 0) return null;
  return (
    <ul class="gaps warn">
      {gaps.map((gap) => (
        <li key={gap.text}>
          <span aria-hidden="true">◐ </span>
          Partial: {visible(gap.text)}
        </li>
      ))}
    </ul>
  );
}
