import { type StoredExample, storedRecord, storedSpan, traceIdOf } from '../example/documents.js';
import { exampleOrder } from '../example/order.js';

// The stories that the page's tests tell. Their trace ids are apart from those of the other suites.
const trace = (number: number) => traceIdOf(0x900 + number);
const service = 'mes-api';

/** Moves the example to another order and trace. */
function renamed(examples: readonly StoredExample[], order: string, traceId: string): StoredExample[] {
  return examples.map(({ stream, source }) => ({
    stream,
    source: JSON.parse(
      JSON.stringify(source).replaceAll('ORD-7K2MXQ4BTZ', order).replaceAll(traceIdOf(1), traceId),
    ) as Record<string, unknown>,
  }));
}

/** An order whose model could not be priced, after it went through five services: two errors and a warning. */
export const failedOrder = 'ORD-PAGE-1';
export const failedTrace = trace(2);
export function failedStory(): StoredExample[] {
  const own = { 'order.id': failedOrder };
  const retry = trace(2);
  return [
    ...renamed(exampleOrder(), failedOrder, trace(1)),
    storedSpan({
      ...{ service, trace: retry, id: 'retry', at: 7_200_000, tookMs: 812, name: 'mes.orders process' },
      ...{ kind: 'Consumer', error: 'open mesh' },
      attributes: { ...own, 'messaging.destination.name': 'mes.orders', 'messaging.message.id': 'm-page-7' },
    }),
    storedRecord({
      ...{ service, trace: retry, span: 'retry', at: 7_200_400, event: 'calculation.failed', severity: 'ERROR' },
      attributes: {
        ...own,
        'exception.type': 'ModelError',
        'exception.message': 'the mesh is open: 3 edges have one triangle',
        'exception.stacktrace': 'ModelError: the mesh is open\n    at readMesh (mesh.js:41:11)',
      },
    }),
    storedRecord({
      ...{ service, trace: retry, span: 'retry', at: 7_200_500, severity: 'WARN' },
      body: 'the message goes to the dead letters',
      attributes: own,
    }),
  ];
}

/** Everything that must not be more than text. */
export const hostileOrder = 'ORD-PAGE-2';
export const hostileTexts = {
  html: '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script><b>bold</b>',
  ansi: 'a \u001b[31mred\u001b[0m \u0007bell',
  rightToLeft: 'before \u202eafter\u2066 \u200bzero',
  marks: `z${'\u0300'.repeat(500)}`,
} as const;
export function hostileStory(): StoredExample[] {
  const own = (value: string) => ({ 'order.id': hostileOrder, note: value });
  const record = (body: string, at: number) =>
    storedRecord({ service, trace: trace(3), span: 'host', at, body, attributes: own(body) });
  return [
    storedSpan({
      service,
      trace: trace(3),
      id: 'host',
      at: 0,
      tookMs: 50,
      name: hostileTexts.html,
      attributes: own(''),
    }),
    ...Object.values(hostileTexts).map((text, index) => record(text, index + 1)),
    record('x'.repeat(5_000_000), 10),
    record(`${'y'.repeat(20)}\n`.repeat(2_000), 11),
  ];
}

/** A trace of five thousand spans. */
export const wideOrder = 'ORD-PAGE-3';
export function wideStory(): StoredExample[] {
  return Array.from({ length: 5_000 }, (_, index) =>
    storedSpan({
      ...{ service: ['shop-api', 'crm-api', 'mes-api'][index % 3] ?? service, trace: trace(4) },
      ...{ id: `w${index.toString(36)}`, at: index * 2, tookMs: 10 + (index % 70), name: `step ${index}` },
      ...(index > 0 && { parent: `w${Math.floor((index - 1) / 4).toString(36)}` }),
      ...(index === 4_321 && { error: 'step failed' }),
      attributes: { 'order.id': wideOrder },
    }),
  );
}

/** A line that the tail waits for. */
export function arrival(number: number): StoredExample {
  return storedRecord({ service, at: 0, event: 'order.created', body: `arrived kiln ${number}` });
}
