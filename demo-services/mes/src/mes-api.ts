import { callJson, type OrderParameters } from '@hallmark/foundation';
import type { ListedOrder, OrderList } from '@hallmark/pages';

export interface Order extends ListedOrder {
  parameters: OrderParameters;
  polygons: number | null;
  operatorId: string | null;
}

export type Step = 'start' | 'finish';

/** MES API as the operators' pages need it, on behalf of whom the token is. Everything throws CallFailed. */
export interface MesApi {
  list(token: string, status: string): Promise<OrderList>;
  order(token: string, orderId: string): Promise<Order>;
  assign(token: string, orderId: string, operatorId: string): Promise<Order>;
  move(token: string, orderId: string, step: Step): Promise<Order>;
}

export function mesApiAt(url: string): MesApi {
  return {
    list: (token, status) => callJson('GET', `${url}/orders?limit=100&status=${status}`, undefined, { token }),
    order: (token, orderId) => callJson('GET', `${url}/orders/${orderId}`, undefined, { token }),
    assign: (token, orderId, operatorId) =>
      callJson('POST', `${url}/orders/${orderId}/assign`, { operatorId }, { token }),
    move: (token, orderId, step) => callJson('POST', `${url}/orders/${orderId}/${step}`, {}, { token }),
  };
}
