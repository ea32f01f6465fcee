import { callJson, type DeliveryAddress, type OrderParameters } from '@hallmark/foundation';
import type { ListedOrder, OrderList } from '@hallmark/pages';

export interface Order extends ListedOrder {
  customerId: string;
  parameters: OrderParameters;
  delivery: DeliveryAddress;
}

/** CRM API as the sellers' pages need it, on behalf of whom the token is. Everything throws CallFailed. */
export interface CrmApi {
  list(token: string, status: string): Promise<OrderList>;
  order(token: string, orderId: string): Promise<Order>;
  confirm(token: string, orderId: string): Promise<Order>;
}

export function crmApiAt(url: string): CrmApi {
  return {
    list: (token, status) => callJson('GET', `${url}/orders?limit=100&status=${status}`, undefined, { token }),
    order: (token, orderId) => callJson('GET', `${url}/orders/${orderId}`, undefined, { token }),
    confirm: (token, orderId) => callJson('POST', `${url}/orders/${orderId}/confirm`, {}, { token }),
  };
}
