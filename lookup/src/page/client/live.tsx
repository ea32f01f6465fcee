import { useEffect, useState } from 'preact/hooks';
import type { Gap } from '../../story/story.js';
import { plural } from '../../text/plural.js';
import type { Failure, HitView, TailView } from '../model.js';
import { searchPath } from '../paths.js';
import { announce } from './announce.js';
import { HitLine } from './found.js';
import { Gaps } from './gaps.js';
import { usePlace } from './place.js';

/** No more are kept: who reads further back looks again. */
const mostKept = 1_000;

/** What arrives from now on. What is being read stays where it is: the new ones wait behind a button that counts them. */
export function Live({ q }: { q: string }) {
  const { address } = usePlace();
  const [shown, setShown] = useState<readonly HitView[]>([]);
  const [waiting, setWaiting] = useState<readonly HitView[]>([]);
  const [left, setLeft] = useState(0);
  const [gaps, setGaps] = useState<readonly Gap[]>([]);
  const [state, setState] = useState<'connecting' | 'on' | { failed: string }>('connecting');
  useEffect(() => {
    const source = new EventSource(searchPath('/api/tail', q, {}));
    source.addEventListener('listening', () => setState('on'));
    source.onerror = () =>
      setState(source.readyState === EventSource.CLOSED ? { failed: 'The look-up closed it.' } : 'connecting');
    source.onmessage = (event) => {
      const batch = JSON.parse(String(event.data)) as TailView;
      if (batch.gaps) setGaps(batch.gaps);
      setLeft((before) => before + batch.left);
      if (batch.hits.length > 0) setWaiting((before) => [...batch.hits.toReversed(), ...before].slice(0, mostKept));
    };
    source.addEventListener('failed', (event) => {
      source.close();
      setState({ failed: (JSON.parse(String((event as MessageEvent).data)) as Failure).error });
    });
    return () => source.close();
  }, [q]);
  const show = () => {
    setShown([...waiting, ...shown].slice(0, mostKept));
    setWaiting([]);
  };
  useEffect(() => {
    if (waiting.length > 0) announce(`${waiting.length} new`);
  }, [waiting.length]);
  return (
    <section class="live-box" aria-label="Live">
      <div class="live-top">
        <button type="button" class="button strong" disabled={waiting.length === 0} onClick={show}>
          {waiting.length === 0 ? 'no new ones' : `${waiting.length.toLocaleString('en')} new`}
        </button>
        <span class="faint">
          {typeof state === 'object' ? state.failed : state === 'on' ? 'waiting for what arrives' : 'connecting …'}
          {left > 0 && `; ${plural(left, 'hit')} left out, there were too many at once`}
        </span>
      </div>
      <Gaps gaps={gaps} />
      {shown.length > 0 && (
        <ol class="hits" aria-label="What arrived, the newest first">
          {shown.map((hit) => (
            <li key={hit.key}>
              <HitLine hit={hit} zone={address.tz ?? 'local'} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
