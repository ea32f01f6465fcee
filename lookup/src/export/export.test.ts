import assert from 'node:assert/strict';
import { storyOf } from '../example/collected.js';
import { exampleStartMs, spanIdOf, storedRecord, storedSpan, traceIdOf } from '../example/documents.js';
import { storyNdjson } from './ndjson.js';
import { storyOtlp } from './otlp.js';

const trace = traceIdOf(1);
const nanoseconds = (ms: number) => String(BigInt(exampleStartMs + ms) * 1_000_000n);
const story = storyOf({ traceId: trace }, [
  storedSpan({ service: 'shop-api', trace, id: 'call', kind: 'Client', at: 0, tookMs: 50, error: 'no answer' }),
  storedSpan({ service: 'mes-api', trace, id: 'work', parent: 'call', kind: 'Server', at: -3_000, tookMs: 50 }),
  storedRecord({
    service: 'mes-api',
    trace,
    span: 'work',
    at: -2_990,
    event: 'kiln.heated',
    severity: 'WARN',
    body: 'hot',
    attributes: { degrees: 900, share: 0.5, open: true, rings: ['a', 'b'] },
  }),
]);

describe('a story as a download', () => {
  it('of NDJSON is a line for each entry with its trace and resource', () => {
    const lines = [...storyNdjson(story)].map((line) => JSON.parse(line));
    assert.deepEqual(
      lines.map(({ traceId, type, resource }) => [traceId, type, resource['service.name']]),
      [
        [trace, 'span', 'shop-api'],
        [trace, 'span', 'mes-api'],
        [trace, 'record', 'mes-api'],
      ],
    );
    assert.equal(lines[1].correctedMs, 3_000);
  });

  it('of OTLP has spans and records by resource, at the times that were written', () => {
    const [spans, logs] = [...storyOtlp(story)].map((line) => JSON.parse(line));
    const [shop, mes] = spans.resourceSpans;
    assert.deepEqual(shop.resource.attributes[0], { key: 'service.name', value: { stringValue: 'shop-api' } });
    assert.deepEqual(shop.scopeSpans[0].spans, [
      {
        traceId: trace,
        spanId: spanIdOf('call'),
        name: 'call',
        kind: 3,
        startTimeUnixNano: nanoseconds(0),
        endTimeUnixNano: nanoseconds(50),
        attributes: [],
        links: [],
        status: { code: 2, message: 'no answer' },
      },
    ]);
    assert.equal(mes.scopeSpans[0].spans[0].startTimeUnixNano, nanoseconds(-3_000));
    assert.deepEqual(logs.resourceLogs[0].scopeLogs[0].logRecords, [
      {
        timeUnixNano: nanoseconds(-2_990),
        severityNumber: 13,
        severityText: 'WARN',
        eventName: 'kiln.heated',
        body: { stringValue: 'hot' },
        attributes: [
          { key: 'degrees', value: { intValue: '900' } },
          { key: 'share', value: { doubleValue: 0.5 } },
          { key: 'open', value: { boolValue: true } },
          { key: 'rings', value: { arrayValue: { values: [{ stringValue: 'a' }, { stringValue: 'b' }] } } },
        ],
        traceId: trace,
        spanId: spanIdOf('work'),
      },
    ]);
  });
});
