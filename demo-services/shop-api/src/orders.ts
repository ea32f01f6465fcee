import {
  type Database,
  type DeliveryAddress,
  newOrderId,
  type OrderParameters,
  type OrderStatus,
  type StoredModel,
  type Transaction,
  unknownOrder,
} from '@hallmark/foundation';

export interface Order {
  orderId: string;
  customerId: string;
  status: OrderStatus;
  parameters: OrderParameters;
  delivery: DeliveryAddress;
  model: StoredModel | null;
  polygons: number | null;
  volumeMm3: number | null;
  /** Euro. */
  price: number | null;
  /** Why there is no price. */
  reason: string | null;
  createdAt: string;
}

const COLUMNS = `order_id AS "orderId", customer_id AS "customerId", status, parameters, delivery, model, polygons,
  volume_mm3 AS "volumeMm3", price::float8 AS price, reason, created_at AS "createdAt"`;
const LIST_LIMIT = 100;

export type NewOrder = Pick<Order, 'customerId' | 'parameters' | 'delivery'>;

/** Keeps a new order and returns its number. */
export async function addOrder(database: Database, { customerId, parameters, delivery }: NewOrder): Promise<string> {
  const orderId = newOrderId();
  await database.query(
    `INSERT INTO orders (order_id, customer_id, status, parameters, delivery) VALUES ($1, $2, 'created', $3, $4)`,
    [orderId, customerId, parameters, delivery],
  );
  return orderId;
}

/** The customer's order. Another customer's is as unknown as one that does not exist (404). */
export async function findOrder(database: Database, orderId: string, customerId: string): Promise<Order> {
  const { rows } = await database.query<Order>(
    `SELECT ${COLUMNS} FROM orders WHERE order_id = $1 AND customer_id = $2`,
    [orderId, customerId],
  );
  const [order] = rows;
  if (!order) throw unknownOrder(orderId);
  return order;
}

/** The newest first. */
export async function listOrders(database: Database, customerId: string): Promise<Order[]> {
  const { rows } = await database.query<Order>(
    `SELECT ${COLUMNS} FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT $2`,
    [customerId, LIST_LIMIT],
  );
  return rows;
}

export function setModel(transaction: Transaction, orderId: string, model: StoredModel): Promise<unknown> {
  return transaction.query('UPDATE orders SET model = $2 WHERE order_id = $1', [orderId, model]);
}

export function setParameters(
  transaction: Transaction,
  orderId: string,
  parameters: OrderParameters,
): Promise<unknown> {
  return transaction.query('UPDATE orders SET parameters = $2, price = NULL, reason = NULL WHERE order_id = $1', [
    orderId,
    parameters,
  ]);
}

export interface Result {
  price?: number | undefined;
  polygons?: number | undefined;
  volumeMm3?: number | undefined;
  reason?: string | undefined;
}

export function setResult(transaction: Transaction, orderId: string, result: Result): Promise<unknown> {
  return transaction.query(
    'UPDATE orders SET price = $2, polygons = $3, volume_mm3 = $4, reason = $5 WHERE order_id = $1',
    [orderId, result.price ?? null, result.polygons ?? null, result.volumeMm3 ?? null, result.reason ?? null],
  );
}
