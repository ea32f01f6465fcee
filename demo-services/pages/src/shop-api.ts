import { Readable } from 'node:stream';
import { callJson, type DeliveryAddress, type OrderParameters, type OrderStatus, send } from '@hallmark/foundation';

const UPLOAD_TIMEOUT_MS = 120_000;

export interface Order {
  orderId: string;
  status: OrderStatus;
  parameters: OrderParameters;
  delivery: DeliveryAddress;
  polygons: number | null;
  volumeMm3: number | null;
  price: number | null;
  reason: string | null;
  createdAt: string;
}

export interface ShopApi {
  createOrder(customerId: string, parameters: OrderParameters, delivery: DeliveryAddress): Promise<string>;
  uploadModel(customerId: string, orderId: string, model: Readable): Promise<void>;
  orders(customerId: string): Promise<Order[]>;
  order(customerId: string, orderId: string): Promise<Order>;
  decide(customerId: string, orderId: string, decision: 'approve' | 'cancel'): Promise<void>;
  change(customerId: string, orderId: string, parameters: OrderParameters): Promise<Changed>;
}

export interface Changed {
  old: OrderParameters;
  parameters: OrderParameters;
}

/** Shop API as the pages need it. Everything throws CallFailed, with the API's own message where it refuses. */
export function shopApiAt(url: string): ShopApi {
  const about = (customerId: string, orderId: string, what = '') =>
    `${url}/orders/${encodeURIComponent(orderId)}${what}?customerId=${customerId}`;
  return {
    async createOrder(customerId, parameters, delivery) {
      const body = { customerId, parameters, delivery };
      return (await callJson<{ orderId: string }>('POST', `${url}/orders`, body)).orderId;
    },
    async uploadModel(customerId, orderId, model) {
      const body = Readable.toWeb(model) as ReadableStream;
      const init = { method: 'PUT', body, duplex: 'half' } as RequestInit;
      await send(about(customerId, orderId, '/model'), init, { timeoutMs: UPLOAD_TIMEOUT_MS });
    },
    async orders(customerId) {
      return (await callJson<{ orders: Order[] }>('GET', `${url}/orders?customerId=${customerId}`)).orders;
    },
    order: (customerId, orderId) => callJson('GET', about(customerId, orderId)),
    decide: (customerId, orderId, decision) => callJson('POST', about(customerId, orderId, `/${decision}`)),
    change: (customerId, orderId, parameters) => callJson('PATCH', about(customerId, orderId), parameters),
  };
}
