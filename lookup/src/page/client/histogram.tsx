import type { Histogram as Counts } from '../../search/answer.js';
import { clockTime, day, moment, shortTime } from '../times.js';
import { usePlace } from './place.js';

const dayMs = 86_400_000;

interface Props {
  readonly histogram: Counts;
  /** What a bar does, for its name: `narrow to it`. */
  readonly act: string;
  readonly onChoose: (startMs: number, stepMs: number) => void;
}

/** How many when, errors apart. */
export function Histogram({ histogram: { stepMs, buckets }, act, onChoose }: Props) {
  const { address } = usePlace();
  const zone = address.tz ?? 'local';
  const most = Math.max(1, ...buckets.map((bucket) => bucket.count));
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (first === undefined || last === undefined || buckets.every((bucket) => bucket.count === 0)) return null;
  const label = (timeMs: number) => {
    if (stepMs >= dayMs / 4) return day(timeMs, zone);
    return stepMs < 1_000 ? clockTime(timeMs, zone) : shortTime(timeMs, zone);
  };
  return (
    <figure class="histogram">
      <figcaption class="hidden">Over time; the most in one bar: {most}</figcaption>
      <div class="bars">
        {buckets.map(({ startMs, count, errors }) => {
          const said = `${moment(startMs, zone).replace(/\.\d+$/, '')}: ${count}, ${errors} errors`;
          if (count === 0) return <span key={startMs} class="column" />;
          return (
            <button
              key={startMs}
              type="button"
              class="column"
              title={said}
              aria-label={`${said}; ${act}`}
              onClick={() => onChoose(startMs, stepMs)}
            >
              <span class="all" style={{ height: `${(count / most) * 100}%` }}>
                <span class="failed" style={{ height: `${(errors / count) * 100}%` }} />
              </span>
            </button>
          );
        })}
      </div>
      <div class="ends faint" aria-hidden="true">
        <span>{label(first.startMs)}</span>
        <span>
          the highest bar: {most.toLocaleString('en')}; <span class="key-failed" /> errors
        </span>
        <span>{label(last.startMs + stepMs)}</span>
      </div>
    </figure>
  );
}
