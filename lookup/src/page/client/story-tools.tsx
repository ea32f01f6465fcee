import { useEffect, useRef, useState } from 'preact/hooks';
import { plural } from '../../text/plural.js';
import type { StoryView } from '../model.js';
import { storyPath } from '../paths.js';
import type { Told } from '../rows.js';
import { Copy } from './copy.js';
import { usePlace } from './place.js';

interface Props {
  readonly view: StoryView;
  readonly told: Told;
  readonly errors: readonly number[];
  readonly at: number;
  readonly again: () => void;
  readonly toError: (step: 1 | -1) => void;
  readonly toggleScope: () => void;
}

/** How the story is shown, and what can be done with it. */
export function StoryTools({ view, told, errors, at, again, toError, toggleScope }: Props) {
  const { address, go } = usePlace();
  const isTimeline = address.view === 'timeline';
  const story = address.story ?? '';
  const left = view.rows.length - told.rows.length;
  return (
    <div class="tools" role="toolbar" aria-label="The rows">
      <div class="choice">
        <button type="button" aria-pressed={!isTimeline} title="Waterfall (v)" onClick={() => go({ view: undefined })}>
          Waterfall
        </button>
        <button type="button" aria-pressed={isTimeline} title="Timeline (v)" onClick={() => go({ view: 'timeline' })}>
          Timeline
        </button>
      </div>
      <div class="choice">
        <button
          type="button"
          aria-pressed={address.scope === undefined}
          title="The whole story (s)"
          onClick={() => go({ scope: undefined })}
        >
          Whole {'orderId' in view.asked ? 'order' : 'story'}
        </button>
        <button
          type="button"
          aria-pressed={address.scope !== undefined}
          disabled={address.scope === undefined && at < 0}
          title={at < 0 ? 'Choose a row first (s)' : 'Only the span of the chosen row (s)'}
          onClick={toggleScope}
        >
          This span
        </button>
      </div>
      <div class={errors.length > 0 ? 'choice jump bad' : 'choice jump'}>
        <span class="jump-count">
          {errors.length > 0
            ? `✗ ${errors.includes(at) ? `${errors.indexOf(at) + 1} of ` : ''}${plural(errors.length, 'error')}`
            : 'no errors'}
        </span>
        {errors.length > 0 && (
          <>
            <button type="button" title="Previous error (p)" aria-label="Previous error" onClick={() => toError(-1)}>
              ↑
            </button>
            <button type="button" title="Next error (n)" aria-label="Next error" onClick={() => toError(1)}>
              ↓
            </button>
          </>
        )}
      </div>
      <Find />
      <label class="check" title="Also what only repeats other rows (a)">
        <input
          type="checkbox"
          checked={address.all === '1'}
          onChange={(event) => go({ all: event.currentTarget.checked ? '1' : undefined })}
        />
        all rows{left > 0 && address.find === undefined && address.scope === undefined ? ` (+${left})` : ''}
      </label>
      <div class="away">
        <Copy text={location.href} what="link to this" label="Copy link" />
        <details class="menu">
          <summary class="button">Download</summary>
          <div>
            <a href={storyPath('/api/download', story, address, { as: 'ndjson' })} download>
              NDJSON <span class="faint">a line for each span and record</span>
            </a>
            <a href={storyPath('/api/download', story, address, { as: 'otlp' })} download>
              OTLP <span class="faint">JSON, for any OpenTelemetry tool</span>
            </a>
          </div>
        </details>
        {view.kibana !== undefined && (
          <a class="button" href={view.kibana} target="_blank" rel="noreferrer">
            Kibana <span aria-hidden="true">↗</span>
          </a>
        )}
        <button type="button" class="button" onClick={again} title="Look again: more may have arrived">
          Look again
        </button>
      </div>
    </div>
  );
}

const restMs = 200;

/** Words that narrow the rows; the address follows when the typing rests. */
function Find() {
  const { address, note } = usePlace();
  const [text, setText] = useState(address.find ?? '');
  const noted = useRef(address.find);
  // What was typed is not overwritten by its own beginning, which the address has by now.
  useEffect(() => {
    if (address.find === noted.current) return;
    noted.current = address.find;
    setText(address.find ?? '');
  }, [address.find]);
  useEffect(() => {
    if (text === (address.find ?? '')) return undefined;
    const timer = setTimeout(() => {
      noted.current = text.trim() === '' ? undefined : text;
      note({ find: noted.current });
    }, restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <label class="find">
      <span class="hidden">Narrow the rows by words</span>
      <input
        id="find"
        type="search"
        value={text}
        placeholder="Narrow by words"
        title="Narrow the rows by words (f)"
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            setText('');
            event.currentTarget.blur();
          }
        }}
      />
    </label>
  );
}
