import {
  type Database,
  differences,
  inTransaction,
  isAllowed,
  type OrderParameters,
  type OrderStatus,
  refuseTransition,
  type StoredModel,
  type Transaction,
  unknownOrder,
} from '@hallmark/foundation';
import type { Measured } from './mesh.js';

export interface Order {
  orderId: string;
  customerId: string;
  status: OrderStatus;
  parameters: OrderParameters;
  model: StoredModel;
  polygons: number | null;
  price: number | null;
  operatorId: string | null;
}

const COLUMNS = `order_id AS "orderId", customer_id AS "customerId", status, parameters, model, polygons,
  price::float8 AS price, operator_id AS "operatorId"`;

export type Submitted = Pick<Order, 'orderId' | 'customerId' | 'parameters' | 'model'>;

/** Keeps the order where it is not known yet; says whether it was new. */
export async function addOrder(database: Database, order: Submitted): Promise<boolean> {
  const { rowCount } = await database.query(
    `INSERT INTO orders (order_id, customer_id, status, parameters, model) VALUES ($1, $2, 'created', $3, $4)
     ON CONFLICT (order_id) DO NOTHING`,
    [order.orderId, order.customerId, order.parameters, order.model],
  );
  return rowCount === 1;
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

export interface ParameterChange {
  order: Order;
  changes: { field: string; old: string; now: string }[];
}

/** Sets other parameters while the order waits for its customer. Throws a Refusal with status 409 where it no longer does. */
export function changeParameters(
  database: Database,
  orderId: string,
  parameters: OrderParameters,
): Promise<ParameterChange> {
  return inTransaction(database, async (transaction) => {
    const sql = `SELECT ${COLUMNS} FROM orders WHERE order_id = $1 FOR UPDATE`;
    const [order] = (await transaction.query<Order>(sql, [orderId])).rows;
    if (!order) throw unknownOrder(orderId);
    if (order.status !== 'calculating' && !isAllowed(order.status, 'calculating')) {
      refuseTransition(orderId, order.status, 'calculating');
    }
    await transaction.query('UPDATE orders SET parameters = $2 WHERE order_id = $1', [orderId, parameters]);
    return { order: { ...order, parameters }, changes: differences(order.parameters, parameters) };
  });
}

export function setResult(
  transaction: Transaction,
  orderId: string,
  measured: Measured,
  price: number,
): Promise<unknown> {
  return transaction.query('UPDATE orders SET polygons = $2, volume_mm3 = $3, price = $4 WHERE order_id = $1', [
    orderId,
    measured.polygons,
    measured.volumeMm3,
    price,
  ]);
}

export function setOperator(transaction: Transaction, orderId: string, operatorId: string): Promise<unknown> {
  return transaction.query('UPDATE orders SET operator_id = $2 WHERE order_id = $1', [orderId, operatorId]);
}
