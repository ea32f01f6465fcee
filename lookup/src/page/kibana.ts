import type { Asked, Story } from '../story/story.js';

const streams = 'logs-*.otel-*,traces-*.otel-*';
const locator = 'DISCOVER_APP_LOCATOR';
/** The version whose parameters these are. */
const version = '8.19.0';
const marginMs = 60_000;

/**
 * The same spans and records in Kibana's Discover, with a data view that needs no set-up there (redirect endpoint `/app/r`,
 * src/plugins/share/common/url_service/locators/redirect).
 * @param kibanaUrl KIBANA_URL, e.g. `http://127.0.0.1:5601` or with a space: `…/s/support`
 */
export function storyInKibana(kibanaUrl: string, story: Story): string {
  const traces = story.traces.flatMap(({ traceId }) => traceId ?? []);
  const parts = [
    ...askedQuery(story.asked),
    ...(traces.length > 0 ? [`trace_id: (${traces.map(quoted).join(' or ')})`] : []),
  ];
  const startMs = Math.min(...story.traces.map((trace) => trace.startMs));
  const endMs = Math.max(...story.traces.map((trace) => trace.endMs));
  const parameters = {
    dataViewSpec: { title: streams, timeFieldName: '@timestamp' },
    timeRange: {
      from: new Date(startMs - marginMs).toISOString(),
      to: new Date(endMs + marginMs).toISOString(),
    },
    query: { language: 'kuery', query: parts.join(' or ') },
    columns: ['resource.attributes.service.name', 'severity_text', 'event_name', 'name', 'body.text'],
    sort: [['@timestamp', 'asc']],
  };
  const search = new URLSearchParams({ l: locator, v: version, p: JSON.stringify(parameters) });
  return `${kibanaUrl.replace(/\/+$/, '')}/app/r?${search}`;
}

function askedQuery(asked: Asked): string[] {
  if ('orderId' in asked) return [`attributes.order.id: ${quoted(asked.orderId)}`];
  if ('attribute' in asked) return [`attributes.${asked.attribute}: ${quoted(asked.value)}`];
  return [];
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}
