import {
  type Database,
  type DeliveryAddress,
  type OrderParameters,
  type OrderStatus,
  type Transaction,
  unknownOrder,
} from '@hallmark/foundation';

export interface Order {
  orderId: string;
  customerId: string;
  status: OrderStatus;
  parameters: OrderParameters;
  delivery: DeliveryAddress;
  price: number | null;
  sellerId: string | null;
}

const COLUMNS = `order_id AS "orderId", customer_id AS "customerId", status, parameters, delivery,
  price::float8 AS price, seller_id AS "sellerId"`;

export type NewOrder = Pick<Order, 'orderId' | 'customerId' | 'parameters' | 'delivery'>;

/** Keeps the order; one that is known already stays as it is. */
export async function addOrder(database: Database, order: NewOrder): Promise<void> {
  await database.query(
    `INSERT INTO orders (order_id, customer_id, status, parameters, delivery) VALUES ($1, $2, 'created', $3, $4)
     ON CONFLICT (order_id) DO NOTHING`,
    [order.orderId, order.customerId, order.parameters, order.delivery],
  );
}

export async function findOrder(database: Database, orderId: string): Promise<Order> {
  const { rows } = await database.query<Order>(`SELECT ${COLUMNS} FROM orders WHERE order_id = $1`, [orderId]);
  const [order] = rows;
  if (!order) throw unknownOrder(orderId);
  return order;
}

/** The oldest first. */
export async function listOrders(database: Database, status: OrderStatus, limit: number): Promise<Order[]> {
  const { rows } = await database.query<Order>(
    `SELECT ${COLUMNS} FROM orders WHERE status = $1 ORDER BY created_at LIMIT $2`,
    [status, limit],
  );
  return rows;
}

export function setParameters(
  transaction: Transaction,
  orderId: string,
  parameters: OrderParameters,
): Promise<unknown> {
  return transaction.query('UPDATE orders SET parameters = $2, price = NULL WHERE order_id = $1', [
    orderId,
    parameters,
  ]);
}

export function setPrice(transaction: Transaction, orderId: string, price: number): Promise<unknown> {
  return transaction.query('UPDATE orders SET price = $2 WHERE order_id = $1', [orderId, price]);
}

export function setSeller(transaction: Transaction, orderId: string, sellerId: string): Promise<unknown> {
  return transaction.query('UPDATE orders SET seller_id = $2 WHERE order_id = $1', [orderId, sellerId]);
}
