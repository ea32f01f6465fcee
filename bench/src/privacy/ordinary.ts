import type { Random } from '../planted/random.js';

/** A log record of an ordinary order in the shape of the demo's, as OTLP takes it. */
export interface OrdinaryRecord {
  readonly body: string;
  readonly eventName: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Records like those of the demo's order services: the mix of kinds, keys and values that they log. */
export function ordinaryRecords(random: Random, count: number): OrdinaryRecord[] {
  const hex = (length: number) => Array.from({ length }, () => random.pick([...'0123456789abcdef'])).join('');
  const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
  const order = () =>
    `ORD-${Array.from({ length: 10 }, () => random.pick([...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'])).join('')}`;
  const kinds: (() => OrdinaryRecord)[] = [
    () => ({
      body: 'UPDATE shop in 3 ms',
      eventName: 'db.query',
      attributes: {
        'db.system.name': 'postgresql',
        'db.namespace': 'shop',
        'db.operation.name': 'UPDATE',
        'db.query.text': 'UPDATE orders SET status = $2, updated_at = now() WHERE order_id = $1',
        'server.address': '127.0.0.1',
        'server.port': 5432,
        'db.client.operation.duration': random.int(10_000) / 1e6,
        'db.status': 'ok',
        'order.id': order(),
        'customer.id': uuid(),
      },
    }),
    () => ({
      body: 'PUT /orders/:orderId/status 204 in 12 ms',
      eventName: 'http.server.request',
      attributes: {
        'http.request.method': 'PUT',
        'url.path': `/orders/${order()}/status`,
        'http.route': '/orders/:orderId/status',
        'http.response.status_code': 204,
        'http.server.request.duration': random.int(90_000_000) / 1e9,
        'client.address': '127.0.0.1',
        'order.id': order(),
      },
    }),
    () => ({
      body: 'order status changed from assigned to in_production',
      eventName: 'order.status_changed',
      attributes: {
        'order.id': order(),
        'customer.id': uuid(),
        'order.status.old': 'assigned',
        'order.status.new': 'in_production',
        'code.namespace': 'results',
      },
    }),
    () => ({
      body: 'message received from crm.orders',
      eventName: 'message.received',
      attributes: {
        'messaging.system': 'rabbitmq',
        'messaging.destination.name': 'crm.orders',
        'messaging.message.id': uuid(),
        'messaging.message.body.size': 53,
        'order.id': order(),
      },
    }),
    () => ({
      body: `calculation finished: ${random.int(900)}.${random.digits(2)} EUR`,
      eventName: 'calculation.finished',
      attributes: {
        'order.id': order(),
        'customer.id': uuid(),
        'model.polygons': 5_000 + random.int(195_000),
        'calculation.duration': random.int(9_999) / 1e4,
        'order.price': random.int(90_000) / 100,
        'order.status': 'priced',
      },
    }),
  ];
  return Array.from({ length: count }, (_, i) => (kinds[i % kinds.length] as () => OrdinaryRecord)());
}
