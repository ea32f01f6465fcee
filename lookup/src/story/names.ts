/**
 * Attribute names, each with the older names that instrumentations still write: OpenTelemetry semantic conventions
 * 1.40 first, then what amqplib's and older HTTP and pg instrumentations say. `textOf(attributes, ...httpMethod)`.
 */
export const orderId = 'order.id';
export const customerId = 'customer.id';
export const userId = 'user.id';
export const httpMethod = ['http.request.method', 'http.method'] as const;
export const httpPath = ['http.route', 'url.path', 'http.target', 'url.full', 'http.url'] as const;
export const httpStatus = ['http.response.status_code', 'http.status_code'] as const;
export const databaseText = ['db.query.text', 'db.statement'] as const;
export const databaseOperation = ['db.operation.name', 'db.operation'] as const;
export const messageId = ['messaging.message.id', 'messaging.message_id'] as const;
export const messageDestination = [
  'messaging.destination.name',
  'messaging.rabbitmq.destination.routing_key',
  'messaging.rabbitmq.routing_key',
  'messaging.destination',
] as const;
