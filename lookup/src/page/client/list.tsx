import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { coloursOf } from '../colours.js';
import type { StoryView } from '../model.js';
import { type Choice, type Line, namesAbove, type Told } from '../rows.js';
import { day, zoneName } from '../times.js';
import { type Move, moveOf } from './list-keys.js';
import { usePlace } from './place.js';
import { LineRow } from './row.js';
import { scaleOf } from './scale.js';
import { useWindow } from './window.js';

interface Props {
  readonly view: StoryView;
  readonly told: Told;
  readonly lines: readonly Line[];
  readonly choice: Choice;
  readonly box: RefObject<HTMLDivElement | null>;
  readonly onChoose: (id: string, byKey: boolean) => void;
  readonly onMove: (id: string) => void;
  readonly onClosed: (closed: ReadonlySet<string>) => void;
}

/** The rows of a story. Only those in sight are elements: five thousand of them scroll like fifty. */
export function List({ view, told, lines, choice, box, onChoose, onMove, onClosed }: Props) {
  const { address } = usePlace();
  const zone = address.tz ?? 'local';
  const { rowHeight, first, last, reveal } = useWindow(box, lines.length);
  const scale = useMemo(() => scaleOf(view, choice), [view, choice]);
  const colours = useMemo(() => coloursOf(view.summary.services.map(({ name }) => name)), [view]);
  const isOneDay = day(view.summary.startMs, zone) === day(view.summary.endMs, zone);
  const [here, setHere] = useState(address.at ?? lines[0]?.id);
  const index = Math.max(
    0,
    lines.findIndex((line) => line.id === here),
  );
  const shownAt = useRef<string | undefined>(undefined);

  // What the address chooses is brought into sight, once for each choice.
  useLayoutEffect(() => {
    if (address.at === undefined || shownAt.current === address.at + choice.order) return;
    const found = lines.findIndex((line) => line.id === address.at);
    if (found < 0) return;
    shownAt.current = address.at + choice.order;
    setHere(address.at);
    reveal(found);
  }, [address.at, lines, choice.order]);

  // A row that is chosen but folded away is opened up for it.
  useEffect(() => {
    if (address.at === undefined || choice.order === 'time') return;
    const row = view.rows.findIndex(({ id }) => id === address.at);
    if (row < 0 || !told.rows.includes(row)) return;
    const above = namesAbove(view, told, row).filter((name) => choice.closed.has(name));
    if (above.length > 0 && shownAt.current === undefined) {
      onClosed(new Set([...choice.closed].filter((name) => !above.includes(name))));
    }
  }, []);

  const toggle = (line: Line) => {
    if (line.open === undefined) return;
    const closed = new Set(choice.closed);
    if (!closed.delete(line.id)) closed.add(line.id);
    onClosed(closed);
  };
  const goTo = (to: number) => {
    const line = lines[to];
    if (line === undefined) return;
    setHere(line.id);
    reveal(to);
    // While the fields are open they follow.
    if (line.kind === 'row' && address.at !== undefined) {
      shownAt.current = line.id + choice.order;
      onMove(line.id);
    }
  };
  const act = (move: Move) => {
    const line = lines[index];
    if (line === undefined) return;
    if (move.kind === 'to') goTo(move.index);
    else if (move.kind === 'toggle') toggle(line);
    else if (line.kind === 'row') onChoose(line.id, true);
    else toggle(line);
  };
  const listen = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, last - first - 4);
    const move = moveOf(event.key, lines, index, page);
    if (move === undefined) return;
    event.preventDefault();
    act(move);
  };

  return (
    <div
      class={choice.order === 'time' ? `list timeline${isOneDay ? '' : ' dated'}` : 'list waterfall'}
      ref={box}
      id="rows"
      role="treegrid"
      tabIndex={0}
      aria-label={choice.order === 'time' ? 'Timeline' : 'Waterfall'}
      aria-rowcount={lines.length + 1}
      aria-activedescendant={lines[index] && index >= first && index < last ? `row-${lines[index].id}` : undefined}
      onKeyDown={listen}
    >
      <div class="columns row" role="row" aria-rowindex={1}>
        <span role="columnheader" class="number">
          {choice.order === 'time' ? (
            `Time (${zoneName(zone)})`
          ) : (
            <abbr title="Seconds since the trace began">Since</abbr>
          )}
        </span>
        <span role="columnheader">Service</span>
        <span role="columnheader">What happened</span>
        <span role="columnheader" class="number">
          Took
        </span>
        <span role="columnheader" class={choice.order === 'time' ? 'where number' : 'where'}>
          {choice.order === 'time' ? 'After a pause' : 'Where in the trace'}
        </span>
      </div>
      <div class="rows" role="rowgroup" style={{ height: `${lines.length * rowHeight}px` }}>
        {lines.slice(first, last).map((line, offset) => (
          <LineRow
            key={line.id}
            line={line}
            index={first + offset}
            top={(first + offset) * rowHeight}
            view={view}
            scale={scale}
            zone={zone}
            colours={colours}
            pauseMs={choice.order === 'time' ? pauseBefore(view, lines, first + offset) : undefined}
            isHere={first + offset === index}
            isChosen={line.id === address.at}
            onToggle={() => {
              setHere(line.id);
              toggle(line);
            }}
            onChoose={() => {
              shownAt.current = line.id + choice.order;
              setHere(line.id);
              if (line.kind === 'row') onChoose(line.id, false);
              else toggle(line);
            }}
          />
        ))}
      </div>
      {lines.length === 0 && <p class="alone">No row has these words. Press Esc in the box above to see all.</p>}
    </div>
  );
}

function pauseBefore(view: StoryView, lines: readonly Line[], index: number): number | undefined {
  const [before, line] = [lines[index - 1], lines[index]];
  if (before?.kind !== 'row' || line?.kind !== 'row') return undefined;
  return (view.rows[line.row]?.timeMs ?? 0) - (view.rows[before.row]?.timeMs ?? 0);
}
