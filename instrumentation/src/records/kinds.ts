/** Events that the preload records by itself (docs/event-catalogue.yaml, `by: preload`). */
export const recordKinds = [
  'http.server.request',
  'api.failed',
  'message.sent',
  'message.received',
  'message.send_failed',
  'db.query',
  'db.query_failed',
  'service.started',
  'service.stopped',
  'service.failed',
] as const;

export type RecordKind = (typeof recordKinds)[number];
