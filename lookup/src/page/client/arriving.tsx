import { useEffect, useState } from 'preact/hooks';
import { plural } from '../../text/plural.js';
import { readAddress } from '../address.js';
import type { StoryView } from '../model.js';
import { announce } from './announce.js';
import { ask } from './ask.js';
import { Story } from './story.js';

/** Before each further look. Every one is a look-up that is written down, so that there are few. Unit: ms. */
const waitsMs = [5_000, 5_000, 10_000, 20_000, 40_000];
/** A span is sent when it ends, after the records that were written in it, and a busy service sends late. Unit: ms. */
const lateMs = 120_000;
const mayStillCome = new Set([
  'still-arriving',
  'shards-failed',
  'missing-root',
  'missing-parent',
  'missing-span',
  'no-spans',
]);

function mayGrow({ gaps, lookedAt, summary }: StoryView): boolean {
  const ageMs = Date.parse(lookedAt) - summary.endMs;
  return gaps.some(({ kind }) => mayStillCome.has(kind)) && ageMs < lateMs;
}

/** Asked when more has come: the reader may have begun since the look for it did. */
function isReading(): boolean {
  const { at, scope } = readAddress(location.search);
  return at !== undefined || scope !== undefined || (document.getElementById('rows')?.scrollTop ?? 0) > 0;
}

/**
 * A story that may not be all there yet is looked up again by itself, a few times. What is being read stays where it is: then the new
 * rows wait behind a button.
 */
export function ArrivingStory({ first, path, again }: { first: StoryView; path: string; again: () => void }) {
  const [shown, setShown] = useState(first);
  const [waiting, setWaiting] = useState<StoryView>();
  const [looks, setLooks] = useState(0);
  const newest = waiting ?? shown;
  useEffect(() => {
    const waitMs = mayGrow(newest) ? waitsMs[looks] : undefined;
    if (waitMs === undefined) return undefined;
    const aborting = new AbortController();
    const take = (found: StoryView) => {
      const more = found.rows.length - shown.rows.length;
      if (more > 0 && isReading()) {
        setWaiting(found);
        announce(`${plural(more, 'row')} more`);
      } else {
        setShown(found);
        setWaiting(undefined);
      }
    };
    const timer = setTimeout(() => {
      ask<StoryView>(path, aborting.signal)
        // What is shown stays true; "Look again" says why there is no other.
        .then(take, () => undefined)
        .finally(() => aborting.signal.aborted || setLooks(looks + 1));
    }, waitMs);
    return () => {
      clearTimeout(timer);
      aborting.abort();
    };
  }, [newest, looks]);
  return (
    <>
      <Story view={shown} again={again} />
      {waiting && (
        <button
          type="button"
          class="button strong arrived"
          onClick={() => {
            setShown(waiting);
            setWaiting(undefined);
          }}
        >
          {plural(waiting.rows.length - shown.rows.length, 'row')} more: show
        </button>
      )}
    </>
  );
}
