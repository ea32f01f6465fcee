const TIMEOUT_MS = 15_000;

/** A seller confirms an order that its customer has approved. */
export async function confirmOrder(crmApiUrl: string, orderId: string, sellerId: string): Promise<void> {
  await post(`${crmApiUrl}/orders/${orderId}/confirm`, { sellerId });
}

export type ProductionStep = 'assign' | 'start' | 'finish';

/** An operator takes an order over, starts it, or finishes it. */
export async function workOn(
  mesApiUrl: string,
  orderId: string,
  step: ProductionStep,
  operatorId: string,
): Promise<void> {
  await post(`${mesApiUrl}/orders/${orderId}/${step}`, { operatorId });
}

/** The numbers of the oldest orders with that status in the list of sellers (CRM API) or operators (MES API). */
export async function ordersWith(apiUrl: string, status: string): Promise<string[]> {
  const url = `${apiUrl}/orders?status=${status}&limit=100`;
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`GET ${url} was answered with ${response.status}: ${await response.text()}`);
  const { orders } = (await response.json()) as { orders: { orderId: string }[] };
  return orders.map(({ orderId }) => orderId);
}

async function post(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`POST ${url} was answered with ${response.status}: ${await response.text()}`);
}
