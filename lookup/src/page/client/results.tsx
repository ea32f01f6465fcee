import { useEffect, useState } from 'preact/hooks';
import type { Gap, Note } from '../../story/story.js';
import { plural } from '../../text/plural.js';
import type { SearchView } from '../model.js';
import { searchPath, storyPath } from '../paths.js';
import { announce } from './announce.js';
import { prime, useAnswer } from './ask.js';
import { FoundList } from './found.js';
import { Gaps } from './gaps.js';
import { Histogram } from './histogram.js';
import { visible } from './hostile.js';
import { Live } from './live.js';
import { usePlace } from './place.js';
import { useKeys } from './shortcuts.js';
import { Trouble } from './trouble.js';

type Found = NonNullable<SearchView['found']>;

/** What a search found, as stories; an id leads to its story at once. */
export function Results({ q }: { q: string }) {
  const { address, go, note } = usePlace();
  const [turn, setTurn] = useState(0);
  const [after, setAfter] = useState<readonly SearchView[]>([]);
  const path = searchPath('/api/search', q, address);
  const asking = useAnswer<SearchView>(path, turn);
  const isLive = address.live === '1';
  const toggle = () => note({ live: isLive ? undefined : '1' });
  useKeys({ l: toggle });
  useEffect(() => setAfter([]), [path, turn]);
  const answer = asking.state === 'there' ? asking.answer : undefined;
  useEffect(() => {
    if (answer === undefined) return;
    if (answer.story !== undefined) {
      prime(storyPath('/api/story', answer.story.name, address), answer.story.view);
      // The search was only the way: "back" leads to what was before it.
      note({ story: answer.story.name });
    } else if (answer.found) {
      announce(`${plural(answer.found.total, 'hit')}, ${plural(answer.found.stories.length, 'story')}`);
    }
  }, [answer]);

  if (asking.state === 'failed') {
    return <Trouble failure={asking.failure} again={() => setTurn(turn + 1)} q={q} />;
  }
  if (answer?.found === undefined) {
    return (
      <p class="alone" role="status">
        Looking for <code>{q}</code> …
      </p>
    );
  }
  const { found } = answer;
  const next = after.length > 0 ? after.at(-1)?.found?.next : found.next;
  // Older ones that are here by now no longer lack.
  const pages = [found, ...after.flatMap((page) => page.found ?? [])];
  const gaps = [...found.gaps.filter(({ kind }) => kind !== 'cut'), ...cutOf(pages)];
  const verdict = found.verdict === 'empty' ? 'empty' : gaps.length > 0 ? 'partial' : 'whole';
  const stories = pages.flatMap((page) => page.stories);
  return (
    <div class="results">
      <div class="results-top">
        <h1>
          {found.total.toLocaleString('en')} {found.total === 1 ? 'hit' : 'hits'} <span class="faint">in</span>{' '}
          {stories.length}
          {next !== undefined && '+'} {stories.length === 1 ? 'story' : 'stories'}
        </h1>
        <button
          type="button"
          class={isLive ? 'button live on' : 'button live'}
          aria-pressed={isLive}
          title="What arrives from now on (l)"
          onClick={toggle}
        >
          <span aria-hidden="true">{isLive ? '●' : '○'}</span> Live
        </button>
      </div>
      {verdict === 'whole' && (
        <p class="faint">
          <span aria-hidden="true">✓ </span>Whole: all that was found is here
        </p>
      )}
      <Gaps gaps={gaps} />
      <Histogram
        histogram={found.histogram}
        act="narrow to it"
        onChoose={(startMs, stepMs) =>
          go({
            from: new Date(startMs).toISOString(),
            to: new Date(startMs + stepMs).toISOString(),
            since: undefined,
          })
        }
      />
      {isLive && <Live q={q} key={path} />}
      {stories.length === 0 ? (
        <Nothing q={q} isPartial={gaps.length > 0} notes={answer.notes ?? []} />
      ) : (
        <FoundList stories={stories} />
      )}
      {next !== undefined && <More path={path} next={next} onMore={(page) => setAfter([...after, page])} />}
    </div>
  );
}

function More({ path, next, onMore }: { path: string; next: string; onMore: (page: SearchView) => void }) {
  const [wanted, setWanted] = useState<string>();
  const asking = useAnswer<SearchView>(wanted && `${path}&${new URLSearchParams({ after: wanted })}`);
  useEffect(() => {
    if (wanted !== undefined && asking.state === 'there') {
      setWanted(undefined);
      onMore(asking.answer);
    }
  }, [asking]);
  return (
    <p class="more">
      <button type="button" class="button" onClick={() => setWanted(next)}>
        {wanted === undefined ? 'Older ones' : 'Reading …'}
      </button>
      {wanted !== undefined && asking.state === 'failed' && <span role="alert"> {asking.failure.message}</span>}
    </p>
  );
}

/** What the pages that were read leave out. */
function cutOf(pages: readonly Found[]): Gap[] {
  const last = pages.at(-1);
  if (last?.next === undefined) return [];
  const here = pages.reduce((sum, page) => sum + page.read, 0);
  const text = `the newest ${here.toLocaleString('en')} of ${last.total.toLocaleString('en')} are shown: there are older ones`;
  return [{ kind: 'cut', text }];
}

interface NothingProps {
  readonly q: string;
  readonly isPartial: boolean;
  readonly notes: readonly Note[];
}

function Nothing({ q, isPartial, notes }: NothingProps) {
  const { address, go } = usePlace();
  return (
    <div class="alone">
      <h2>Nothing has all of this</h2>
      <ul>
        {notes.map((note) => (
          <li key={note.text}>{visible(note.text)}</li>
        ))}
        <li>
          All words must stand in one record or span: leave one out of <code>{q}</code>.
        </li>
        <li>An id must be the whole one; upper and lower case count.</li>
        {isPartial && <li>Your account may read only some systems, named above: what it can’t read isn’t here.</li>}
      </ul>
      {address.since !== undefined && (
        <button type="button" class="button" onClick={() => go({ since: undefined, from: undefined, to: undefined })}>
          Look in the last 30 days
        </button>
      )}
    </div>
  );
}
