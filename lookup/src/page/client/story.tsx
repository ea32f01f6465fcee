import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { StoryView } from '../model.js';
import { type Choice, errorRows, linesOf, namesAbove, nextError, tell, traceLineId } from '../rows.js';
import { storyHistogram } from '../story-histogram.js';
import { announce } from './announce.js';
import { Detail } from './detail.js';
import { Histogram } from './histogram.js';
import { List } from './list.js';
import { Nothing } from './nothing.js';
import { usePlace } from './place.js';
import { useKeys } from './shortcuts.js';
import { StoryHead } from './story-head.js';
import { StoryTools } from './story-tools.js';

/** A story that was found: what it is, its rows, and the fields of the chosen one. */
export function Story({ view, again }: { view: StoryView; again: () => void }) {
  const { address, go, note } = usePlace();
  const list = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(address.at !== undefined);
  const [entered, setEntered] = useState(0);
  const choice = useMemo((): Choice => {
    return {
      all: address.all === '1',
      order: address.view === 'timeline' ? 'time' : 'tree',
      closed: new Set(address.closed?.split(',') ?? []),
      ...(address.scope !== undefined && { scope: address.scope }),
      ...(address.find !== undefined && { find: address.find }),
    };
  }, [address.all, address.view, address.closed, address.scope, address.find]);
  const told = useMemo(() => tell(view, choice), [view, choice]);
  const lines = useMemo(() => linesOf(view, told, choice), [view, told, choice]);
  const errors = useMemo(() => errorRows(view, told, choice.order), [view, told, choice]);
  const at = address.at === undefined ? -1 : view.rows.findIndex((row) => row.id === address.at);

  const close = (closed: ReadonlySet<string>) => note({ closed: [...closed].join(',') });
  const toError = (step: 1 | -1) => {
    const row = nextError(view, told, choice.order, at, step);
    const found = view.rows[row];
    if (found === undefined) return announce('This story has no error.');
    const above = new Set(namesAbove(view, told, row));
    const closed = [...choice.closed].filter((name) => !above.has(name));
    note({ at: found.id, closed: closed.join(',') });
    setOpen(true);
    announce(`Error ${errors.indexOf(row) + 1} of ${errors.length}: ${found.trouble ?? ''}`);
  };
  const toggleScope = () => {
    if (address.scope !== undefined) return go({ scope: undefined });
    const span = spanOf(view, at);
    if (span === undefined) announce('Choose a row first.');
    else go({ scope: span });
  };
  const actions = {
    n: () => toError(1),
    p: () => toError(-1),
    s: toggleScope,
    v: () => go({ view: address.view === 'timeline' ? undefined : 'timeline' }),
    a: () => go({ all: address.all === '1' ? undefined : '1' }),
    f: () => document.getElementById('find')?.focus(),
    '[': () => close(new Set([...view.traces.keys()].map(traceLineId))),
    ']': () => close(new Set()),
    Escape: () => {
      setOpen(false);
      list.current?.focus();
    },
  };
  // The list knows what a step is; these keys work from everywhere.
  const step = (key: string) => {
    list.current?.focus();
    list.current?.dispatchEvent(new KeyboardEvent('keydown', { key }));
  };
  useKeys({ ...actions, j: () => step('j'), k: () => step('k') });
  useEffect(() => {
    const { summary, verdict } = view;
    announce(`${verdict}: ${summary.spans} spans, ${summary.records} records, ${errors.length} errors`);
  }, [view]);

  return (
    <div class={isOpen && at >= 0 ? 'story with-detail' : 'story'}>
      <StoryHead view={view} />
      {view.rows.length === 0 && <Nothing view={view} />}
      {view.rows.length > 0 && (
        <StoryTools
          view={view}
          told={told}
          errors={errors}
          at={at}
          again={again}
          toError={toError}
          toggleScope={toggleScope}
        />
      )}
      {choice.order === 'time' && told.rows.length > 0 && (
        <Histogram
          histogram={storyHistogram(view, told.rows)}
          act="go to it"
          onChoose={(startMs) => {
            const line = lines.find(({ kind, id }) => kind === 'row' && (rowNamed(view, id)?.timeMs ?? 0) >= startMs);
            if (line) note({ at: line.id });
          }}
        />
      )}
      {view.rows.length > 0 && (
        <div class="panes">
          <List
            view={view}
            told={told}
            lines={lines}
            choice={choice}
            box={list}
            onChoose={(id, byKey) => {
              note({ at: id });
              setOpen(true);
              if (byKey) setEntered(entered + 1);
            }}
            onMove={(id) => note({ at: id })}
            onClosed={close}
          />
          {isOpen && at >= 0 && (
            <Detail
              view={view}
              row={at}
              entered={entered}
              onClose={() => {
                setOpen(false);
                list.current?.focus();
              }}
            />
          )}
        </div>
      )}
    </div>
  );
}

function rowNamed(view: StoryView, id: string) {
  return view.rows.find((row) => row.id === id);
}

/** The row's own span, or the one in which the record was written. */
function spanOf(view: StoryView, at: number): string | undefined {
  const row = view.rows[at];
  const detail = view.details[at];
  if (row?.type === 'span') return row.id;
  if (detail?.spanId === undefined) return undefined;
  return view.rows.find((each, index) => each.type === 'span' && view.details[index]?.spanId === detail.spanId)?.id;
}
