import { type StoredExample, storedRecord, storedSpan, traceIdOf } from './documents.js';

const trace = traceIdOf(1);
const number = 'ORD-7K2MXQ4BTZ';
const order = { 'order.id': number, 'customer.id': 'c-104' };

function call(
  service: string,
  id: string,
  parent: string | undefined,
  at: number,
  tookMs: number,
  route: string,
  status = 200,
) {
  const [method = '', path = ''] = route.split(' ');
  const attributes = { 'http.request.method': method, 'http.route': path, 'http.response.status_code': status };
  return [
    storedSpan({ service, trace, id, at, tookMs, kind: 'Server', name: route, attributes, ...(parent && { parent }) }),
    storedRecord({ service, trace, span: id, at: at + tookMs, event: 'http.server.request', attributes }),
  ];
}

function request(
  service: string,
  id: string,
  parent: string,
  at: number,
  tookMs: number,
  method: string,
  status = 200,
) {
  const attributes = { 'http.request.method': method, 'http.response.status_code': status };
  return [storedSpan({ service, trace, id, parent, at, tookMs, kind: 'Client', name: method, attributes })];
}

function query(service: string, id: string, parent: string, at: number, tookMs: number, sql: string) {
  const attributes = { ...order, 'db.system.name': 'postgresql', 'db.query.text': sql };
  return [
    storedSpan({
      service,
      trace,
      id,
      parent,
      at,
      tookMs,
      kind: 'Client',
      name: `pg.query:${sql.split(' ')[0]} shop`,
      attributes,
    }),
    storedRecord({ service, trace, span: id, at: at + tookMs, event: 'db.query', attributes }),
  ];
}

function message(
  id: string,
  queue: string,
  from: readonly [string, string, string, number],
  to: readonly [string, string, number, number],
) {
  const attributes = { ...order, 'messaging.destination.name': queue, 'messaging.message.id': id };
  const [sender, sent, parent, sentAt] = from;
  const [receiver, received, receivedAt, tookMs] = to;
  return [
    storedSpan({
      service: sender,
      trace,
      id: sent,
      parent,
      at: sentAt,
      tookMs: 2,
      kind: 'Producer',
      name: `publish ${queue}`,
      attributes,
    }),
    storedRecord({ service: sender, trace, span: sent, at: sentAt + 2, event: 'message.sent', attributes }),
    storedSpan({
      service: receiver,
      trace,
      id: received,
      parent: sent,
      at: receivedAt,
      tookMs,
      kind: 'Consumer',
      name: `${queue} process`,
      attributes,
    }),
    storedRecord({
      service: receiver,
      trace,
      span: received,
      at: receivedAt + tookMs,
      event: 'message.received',
      attributes,
    }),
  ];
}

function event(service: string, span: string, at: number, name: string, attributes: Record<string, unknown> = {}) {
  return storedRecord({ service, trace, span, at, event: name, attributes: { ...order, ...attributes } });
}

const change = (from: string, to: string) => ({ 'order.status.old': from, 'order.status.new': to });

/** An order from the click to its price: five services, two messages, three statements, one trace. */
export function exampleOrder(): StoredExample[] {
  return [
    ...call('internet-shop', 'click', undefined, 0, 310, 'POST /orders', 201),
    ...request('internet-shop', 'ask-api', 'click', 4, 301, 'POST', 201),
    ...call('shop-api', 'api', 'ask-api', 6, 296, 'POST /orders', 201),
    ...query(
      'shop-api',
      'insert',
      'api',
      9,
      3.2,
      'INSERT INTO orders (id, customer_id, status, model)\n  VALUES ($1, $2, $3, $4)',
    ),
    event('shop-api', 'api', 13, 'order.created', { 'order.status': 'created' }),
    ...request('shop-api', 'ask-file', 'api', 15, 120, 'PUT'),
    ...call('3d-file-storage', 'put', 'ask-file', 17, 115, 'PUT /files/{id}'),
    event('3d-file-storage', 'put', 18, 'file.processing_started', { 'file.id': 'f-77' }),
    event('3d-file-storage', 'put', 130, 'file.processing_finished', {
      'file.id': 'f-77',
      'file.processing.duration': 0.112,
      'file.size': 256_084,
      result: 'stored',
    }),
    ...request('shop-api', 'ask-crm', 'api', 140, 60, 'POST', 202),
    ...call('crm-api', 'crm', 'ask-crm', 142, 56, 'POST /orders', 202),
    ...query('crm-api', 'insert2', 'crm', 145, 2.1, 'INSERT INTO crm_orders (id) VALUES ($1)'),
    ...message('m-1', 'mes.orders', ['crm-api', 'publish1', 'crm', 150], ['mes-api', 'process1', 168, 1840]),
    event('mes-api', 'process1', 172, 'calculation.started', { 'order.status': 'calculating' }),
    event('mes-api', 'process1', 173, 'order.status_changed', change('created', 'calculating')),
    event('mes-api', 'process1', 1990, 'calculation.finished', {
      'order.price': '412.50',
      'model.polygons': 5120,
      'calculation.duration': 1.817,
      'order.status': 'calculated',
    }),
    event('mes-api', 'process1', 1992, 'order.status_changed', change('calculating', 'calculated')),
    ...message('m-2', 'crm.orders', ['mes-api', 'publish2', 'process1', 1996], ['crm-api', 'process2', 2010, 90]),
    event('crm-api', 'process2', 2012, 'order.received', { 'messaging.message.id': 'm-2' }),
    ...query('crm-api', 'update', 'process2', 2015, 1.4, 'UPDATE crm_orders SET status = $1 WHERE id = $2'),
    event('crm-api', 'process2', 2018, 'order.status_changed', change('calculating', 'calculated')),
    ...request('crm-api', 'tell-api', 'process2', 2020, 70, 'PATCH'),
    ...call('shop-api', 'patch', 'tell-api', 2023, 60, 'PATCH /orders/{id}'),
    event('shop-api', 'patch', 2040, 'order.status_changed', change('created', 'calculated')),
  ];
}

export const exampleOrderId = number;
export const exampleTraceId = trace;
