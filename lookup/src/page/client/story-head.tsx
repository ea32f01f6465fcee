import { useMemo } from 'preact/hooks';
import { duration } from '../../text/durations.js';
import { plural } from '../../text/plural.js';
import { coloursOf } from '../colours.js';
import type { StoryView } from '../model.js';
import { period } from '../times.js';
import { Copy } from './copy.js';
import { visible } from './hostile.js';
import { usePlace } from './place.js';
import { Verdict } from './verdict.js';

/** What a reader wants to know before the first row: whose story, whether it is all, when, where. */
export function StoryHead({ view }: { view: StoryView }) {
  const { address, note } = usePlace();
  const { summary } = view;
  const [kind, value] = titleOf(view);
  const zone = address.tz ?? 'local';
  const colours = useMemo(() => coloursOf(summary.services.map(({ name }) => name)), [summary]);
  const path = summary.statusPath.length > 0 ? summary.statusPath : summary.status ? [summary.status] : [];
  return (
    <section class="head" aria-label="The story">
      <div class="head-line">
        <h1>
          <span class="faint">{kind}</span> <span class="id">{visible(value)}</span>
        </h1>
        <Copy text={value} what={kind.toLowerCase()} />
        <Verdict view={view} />
      </div>
      {view.rows.length > 0 && (
        <p class="facts">
          <span>{period(summary.startMs, summary.endMs, zone)}</span>
          <strong>{duration(summary.endMs - summary.startMs)}</strong>
          <span>
            {plural(view.traces.filter((trace) => trace.traceId !== null).length, 'trace')},{' '}
            {plural(summary.spans, 'span')}, {plural(summary.records, 'record')}
            {summary.messages > 0 && `, ${plural(summary.messages, 'message')}`}
          </span>
          {kind !== 'Order' && summary.orders.length > 0 && <span>order {summary.orders.map(visible).join(', ')}</span>}
          {summary.price !== undefined && <span>price {visible(summary.price)}</span>}
          {summary.customer !== undefined && <span class="customer">customer {visible(summary.customer)}</span>}
        </p>
      )}
      {path.length > 0 && (
        <ol class="path" aria-label="Status">
          {path.map((status, index) => (
            <li key={`${index}${status}`}>{visible(status)}</li>
          ))}
        </ol>
      )}
      {summary.services.length > 0 && (
        <ul class="services" aria-label="Services">
          {summary.services.map(({ name, spans, records, errors }) => (
            <li key={name}>
              <button
                type="button"
                class={`service service-${colours.get(name)}`}
                aria-pressed={address.find === name}
                title={`${plural(spans, 'span')}, ${plural(records, 'record')}: show only ${visible(name)}`}
                onClick={() => note({ find: address.find === name ? undefined : name })}
              >
                <span class="dot" aria-hidden="true" />
                {visible(name)}
                {errors > 0 && <span class="errors"> ✗ {plural(errors, 'error')}</span>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const kinds: Readonly<Record<string, string>> = {
  orderId: 'Order',
  traceId: 'Trace',
  spanId: 'Span',
  messageId: 'Message',
  query: 'Search',
};

function titleOf(view: StoryView): [kind: string, value: string] {
  const asked = view.asked as Readonly<Record<string, string>>;
  for (const [key, kind] of Object.entries(kinds)) {
    const value = asked[key];
    if (value !== undefined) return [kind, value];
  }
  return [asked.attribute ?? 'Story', asked.value ?? ''];
}
