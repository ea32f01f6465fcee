import { useEffect, useRef } from 'preact/hooks';
import { duration } from '../../text/durations.js';
import { coloursOf } from '../colours.js';
import type { EntryDetail, StoryView } from '../model.js';
import { moment } from '../times.js';
import { Copy } from './copy.js';
import { Fields } from './fields.js';
import { visible } from './hostile.js';
import { LongText } from './long-text.js';
import { usePlace } from './place.js';

interface Props {
  readonly view: StoryView;
  readonly row: number;
  /** Grows each time the reader came in by a key: the focus follows. */
  readonly entered: number;
  readonly onClose: () => void;
}

/** The fields of one row. */
export function Detail({ view, row, entered, onClose }: Props) {
  const { address, leave } = usePlace();
  const box = useRef<HTMLElement>(null);
  const detail = view.details[row];
  const shown = view.rows[row];
  useEffect(() => box.current?.scrollTo(0, 0), [row]);
  useEffect(() => {
    if (entered > 0) box.current?.focus();
  }, [entered]);
  if (detail === undefined || shown === undefined) return null;
  const service = view.summary.services[shown.service]?.name ?? '';
  const colour = coloursOf(view.summary.services.map(({ name }) => name)).get(service);
  const message = detail.type === 'record' ? detail.body : (detail.statusMessage ?? '');
  const { attributes } = detail;
  const exception = textAt(attributes, 'exception.message');
  const stack = textAt(attributes, 'exception.stacktrace');
  return (
    <aside class="detail" ref={box} aria-label="Fields of the row" tabIndex={-1}>
      <div class="detail-top">
        <h2>
          <span class={`tag ${shown.mark}`}>{tagOf(detail)}</span> {visible(nameOf(detail))}
        </h2>
        <button type="button" class="icon" aria-label="Close the fields" title="Close (Esc)" onClick={onClose}>
          ✕
        </button>
      </div>
      <p class="detail-facts">
        <span class={`of-service service-${colour}`}>
          <span class="dot" aria-hidden="true" />
          {visible(service)}
        </span>
        <time dateTime={detail.time}>{moment(shown.timeMs, address.tz ?? 'local')}</time>
        {shown.durationMs !== undefined && <strong>{duration(shown.durationMs)}</strong>}
      </p>
      {message !== '' && <LongText text={message} label={detail.type === 'record' ? 'Message' : 'Status'} />}
      {exception !== undefined && (
        <LongText text={`${textAt(attributes, 'exception.type') ?? 'Error'}: ${exception}`} label="Exception" bad />
      )}
      {stack !== undefined && (
        <details class="stack" open>
          <summary>Where in the code</summary>
          <LongText text={stack} label="Stack" code />
        </details>
      )}
      {detail.cut !== undefined && (
        <p class="faint">
          Cut at {detail.cut.at.toLocaleString('en')} characters:{' '}
          {Object.entries(detail.cut.lengths)
            .map(([name, length]) => `${visible(name)} (of ${length.toLocaleString('en')})`)
            .join(', ')}
          .{' '}
          <a href={`/api/record?${new URLSearchParams({ id: detail.cut.id })}`} download="record.json">
            The whole record
          </a>
        </p>
      )}
      <Fields title="Ids" fields={idsOf(view, row, detail)} isAttribute={false} />
      <Fields
        title="Attributes"
        fields={without(attributes, ['exception.stacktrace', 'exception.message'])}
        isAttribute
      />
      <Fields title="Resource" fields={view.resources[detail.resource] ?? {}} isAttribute={false} folded />
      {detail.type === 'span' && detail.links.length > 0 && (
        <section class="fields">
          <h3>Links</h3>
          <ul>
            {detail.links.map(({ traceId, spanId }) => (
              <li key={traceId + spanId}>
                <button type="button" class="link" onClick={() => leave({ story: `trace:${traceId}`, at: spanId })}>
                  trace {visible(traceId)}
                </button>
                <Copy text={traceId} what="trace id" />
              </li>
            ))}
          </ul>
        </section>
      )}
    </aside>
  );
}

function tagOf(detail: EntryDetail): string {
  if (detail.type === 'record') return detail.severity === '' ? 'record' : visible(detail.severity);
  return detail.status === 'error' ? `${detail.kind}, failed` : detail.kind;
}

function nameOf(detail: EntryDetail): string {
  if (detail.type === 'span') return detail.name;
  return detail.eventName ?? 'Log record';
}

function idsOf(view: StoryView, row: number, detail: EntryDetail): Record<string, string> {
  const traceId = view.traces[view.rows[row]?.trace ?? 0]?.traceId;
  return {
    ...(traceId && { trace_id: traceId }),
    ...(detail.spanId !== undefined && { span_id: detail.spanId }),
    ...(detail.type === 'span' && detail.parentSpanId !== undefined && { parent_span_id: detail.parentSpanId }),
    ...(detail.scope !== undefined && { scope: detail.scope }),
  };
}

function textAt(attributes: EntryDetail['attributes'], name: string): string | undefined {
  const value = attributes[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function without(attributes: EntryDetail['attributes'], names: readonly string[]): EntryDetail['attributes'] {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));
}
