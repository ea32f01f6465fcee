import { duration } from '../../text/durations.js';
import { plural } from '../../text/plural.js';
import { writeAddress } from '../address.js';
import { coloursOf } from '../colours.js';
import type { FoundStoryView, HitView } from '../model.js';
import { rowName } from '../row-name.js';
import { clockTime, period } from '../times.js';
import { visible } from './hostile.js';
import { usePlace } from './place.js';

const mostHits = 3;

export function FoundList({ stories }: { stories: readonly FoundStoryView[] }) {
  return (
    <ol class="found">
      {stories.map((story) => (
        <li key={story.key}>
          <Found story={story} />
        </li>
      ))}
    </ol>
  );
}

function Found({ story }: { story: FoundStoryView }) {
  const { address } = usePlace();
  const colours = coloursOf(story.services);
  const zone = address.tz ?? 'local';
  const title =
    story.orderId ?? (story.traceIds[0] !== undefined ? `Trace ${story.traceIds[0]}` : 'A record of its own');
  return (
    <article class={story.errors > 0 ? 'card bad' : 'card'}>
      <h2>
        {story.name === undefined ? visible(title) : <StoryLink story={story} text={visible(title)} />}
        {story.errors > 0 && <span class="errors">✗ {plural(story.errors, 'error')}</span>}
      </h2>
      <p class="facts">
        <span>{period(story.startMs, story.endMs, zone)}</span>
        <strong>{duration(story.endMs - story.startMs)}</strong>
        <span class="of-services">
          {story.services.map((service) => (
            <span key={service} class={`of-service service-${colours.get(service)}`}>
              <span class="dot" aria-hidden="true" />
              {visible(service)}
            </span>
          ))}
        </span>
      </p>
      <ul class="hits">
        {story.hits.slice(0, mostHits).map((hit, index) => (
          <li key={index}>
            <HitLine hit={hit} zone={zone} />
          </li>
        ))}
        {story.hits.length > mostHits && <li class="faint">and {plural(story.hits.length - mostHits, 'more hit')}</li>}
      </ul>
    </article>
  );
}

/** A real link, so that it can be opened beside this one. */
function StoryLink({ story, text }: { story: FoundStoryView; text: string }) {
  const { address, go } = usePlace();
  const change = { story: story.name, at: story.hits[0] && rowName(story.hits[0]), live: undefined };
  return (
    <a
      href={writeAddress({ ...address, ...change })}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        go(change);
      }}
    >
      {text}
    </a>
  );
}

export function HitLine({ hit, zone }: { hit: HitView; zone: 'local' | 'utc' }) {
  const mark = hit.severityNumber >= 17 ? 'error' : hit.severityNumber >= 13 ? 'warning' : hit.type;
  return (
    <span class={`hit ${mark}`}>
      <span class="time">{clockTime(hit.timeMs, zone)}</span>
      <span class="name">{visible(hit.service)}</span>
      <span class="glyph" aria-hidden="true">
        {mark === 'error' ? '✗' : mark === 'warning' ? '!' : mark === 'span' ? '✓' : '·'}
      </span>
      <span class="text">
        {hit.severityNumber >= 13 && <strong>{visible(hit.severity)} </strong>}
        {hit.eventName !== undefined && <span class="event">{visible(hit.eventName)} </span>}
        {visible(hit.body)}
        {hit.trouble !== undefined && <span class="trouble"> {visible(hit.trouble)}</span>}
      </span>
    </span>
  );
}
