import { duration, offset } from '../../text/durations.js';
import type { Mark, StoryRow, StoryView } from '../model.js';
import type { Line } from '../rows.js';
import { clockTime, day, moment, type Zone } from '../times.js';
import { visible } from './hostile.js';
import { type Scale, type Stretch, shareOf } from './scale.js';

interface Props {
  readonly line: Line;
  readonly index: number;
  /** Unit: pixels. */
  readonly top: number;
  readonly view: StoryView;
  readonly scale: Scale;
  readonly zone: Zone;
  readonly colours: ReadonlyMap<string, number>;
  /** Since the row before, in the timeline. */
  readonly pauseMs: number | undefined;
  readonly isHere: boolean;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
  readonly onChoose: () => void;
}

const deepestIndent = 16;

export function LineRow(props: Props) {
  const { line, index, top, isHere, isChosen, onChoose } = props;
  const row = line.kind === 'row' ? props.view.rows[line.row] : undefined;
  const classes = ['row', line.kind, row?.mark, isHere && 'here', isChosen && 'chosen'].filter(Boolean).join(' ');
  return (
    <div
      id={`row-${line.id}`}
      class={classes}
      role="row"
      aria-rowindex={index + 2}
      aria-level={line.kind === 'row' ? line.level : 1}
      aria-expanded={line.open}
      aria-selected={isChosen}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onChoose}
    >
      {row === undefined ? <TraceCells {...props} /> : <RowCells {...props} row={row} />}
    </div>
  );
}

function TraceCells({ line, view, scale, zone, onToggle }: Props) {
  if (line.kind !== 'trace') return null;
  const trace = view.traces[line.trace];
  const stretch = scale.stretches[line.trace];
  if (trace === undefined || stretch === undefined) return null;
  const laterMs = trace.startMs - view.summary.startMs;
  return (
    <>
      <span role="gridcell" class="trace-title">
        <Caret open={line.open} onToggle={onToggle} />
        <strong>{trace.title}</strong>
        <span class="faint">
          {moment(trace.startMs, zone)}
          {laterMs >= 1 && `, ${duration(laterMs)} later`}
          {trace.reason === 'link' && ' · linked'}
          {!line.open && ` · ${line.count} rows`}
        </span>
      </span>
      <span role="gridcell" class="number took">
        {trace.traceId !== null && duration(trace.endMs - trace.startMs)}
      </span>
      <span role="gridcell" class="where axis">
        <Ticks stretch={stretch} />
      </span>
    </>
  );
}

function RowCells({ line, row, view, scale, zone, colours, pauseMs, onToggle }: Props & { row: StoryRow }) {
  const level = line.kind === 'row' ? line.level : 1;
  const isTimeline = level === 1;
  const trace = view.traces[row.trace];
  const stretch = scale.stretches[row.trace];
  const service = view.summary.services[row.service]?.name ?? '';
  const took = row.durationMs === undefined ? '' : duration(row.durationMs);
  const indent = Math.min(deepestIndent, level - 2);
  return (
    <>
      <span role="gridcell" class="number time" title={moment(row.timeMs, zone)}>
        {isTimeline ? timeText(row.timeMs, zone, view) : offset(row.timeMs - (trace?.startMs ?? 0))}
      </span>
      <span role="gridcell" class={`of-service service-${colours.get(service)}`}>
        <span class="dot" aria-hidden="true" />
        <span class="name">{visible(service)}</span>
      </span>
      <span role="gridcell" class={`what indent-${Math.max(0, indent)}`}>
        <Caret open={line.open} onToggle={onToggle} />
        <Glyph mark={row.mark} />
        <span class="text">
          {row.line.map((segment, index) => (
            <span key={index} class={segment.style}>
              {segment.text}
            </span>
          ))}
          {row.trouble !== undefined && <span class="trouble"> {row.trouble}</span>}
        </span>
      </span>
      <span role="gridcell" class="number took">
        {took}
      </span>
      {isTimeline ? (
        <span role="gridcell" class="where number">
          <Pause ms={pauseMs} />
        </span>
      ) : (
        <span role="gridcell" class={`where service-${colours.get(service)}`}>
          {stretch && <Bar row={row} stretch={stretch} />}
        </span>
      )}
    </>
  );
}

/** With its date where the story goes over midnight. */
function timeText(timeMs: number, zone: Zone, { summary }: StoryView): string {
  const isOneDay = day(summary.startMs, zone) === day(summary.endMs, zone);
  return isOneDay ? clockTime(timeMs, zone) : `${day(timeMs, zone).replace(/ \d{4}$/, '')}, ${clockTime(timeMs, zone)}`;
}

const longPauseMs = 1_000;

/** How long nothing happened before a row. */
function Pause({ ms }: { ms: number | undefined }) {
  if (ms === undefined || ms < 0.05) return null;
  return <span class={ms >= longPauseMs ? 'pause long' : 'pause'}>+{duration(ms)}</span>;
}

function Caret({ open, onToggle }: { open: boolean | undefined; onToggle: () => void }) {
  if (open === undefined) return <span class="caret" />;
  return (
    <span
      class={open ? 'caret open' : 'caret closed'}
      aria-hidden="true"
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
    />
  );
}

const glyphs: Readonly<Record<Mark, readonly [glyph: string, word: string]>> = {
  error: ['✗', 'error'],
  warning: ['!', 'warning'],
  span: ['✓', 'span'],
  record: ['·', 'record'],
};

/** Never the colour alone: each has a sign, and a word for who listens. */
function Glyph({ mark }: { mark: Mark }) {
  const [glyph, word] = glyphs[mark];
  return (
    <span class="glyph">
      <span aria-hidden="true">{glyph}</span>
      <span class="hidden">{word}: </span>
    </span>
  );
}

function Bar({ row, stretch }: { row: StoryRow; stretch: Stretch }) {
  const left = shareOf(stretch, row.timeMs);
  if (row.durationMs === undefined) return <span class="point" style={{ left: `${left}%` }} />;
  const width = shareOf(stretch, row.timeMs + row.durationMs) - left;
  return <span class="bar" style={{ left: `${left}%`, width: `${width}%` }} />;
}

/** The beginning, the middle and the end of a trace, in human units. */
function Ticks({ stretch: { lengthMs } }: { stretch: Stretch }) {
  return (
    <>
      <span class="tick">0</span>
      <span class="tick middle">{duration(lengthMs / 2)}</span>
      <span class="tick end">{duration(lengthMs)}</span>
    </>
  );
}
