import { allowedAfter, type StaffMember } from '@hallmark/foundation';
import {
  type Content,
  csrfField,
  html,
  METAL_NAMES,
  priceOf,
  SETTING_NAMES,
  STATUS_NAMES,
  type StaffSession,
  select,
  staffPage,
} from '@hallmark/pages';
import type { Order } from './mes-api.js';

export function orderPage(
  brand: string,
  session: StaffSession,
  order: Order,
  operators: readonly StaffMember[],
): string {
  const { orderId, status, parameters } = order;
  const names = Object.fromEntries(operators.map(({ userId, name }) => [userId, name]));
  const content = html`<section class="card" data-order="${orderId}" data-status="${status}">
<p><strong>${STATUS_NAMES[status]}</strong></p>
<table>
<tr><th>Metal</th><td>${METAL_NAMES[parameters.metal]}</td></tr>
<tr><th>Stones</th><td>${SETTING_NAMES[parameters.setting]}</td></tr>
<tr><th>Size</th><td>${parameters.ringSize} mm</td></tr>
<tr><th>Model</th><td>${order.polygons ?? '-'} polygons</td></tr>
<tr><th>Price</th><td>${priceOf(order.price)}</td></tr>
<tr><th>Operator</th><td>${names[order.operatorId ?? ''] ?? '-'}</td></tr>
</table>
</section>
<div class="actions">${actions(session, order, names)}</div>`;
  return staffPage({ brand, title: `Order ${orderId}`, session, content });
}

function actions(session: StaffSession, { orderId, status }: Order, names: Record<string, string>): Content {
  const allowed = allowedAfter(status);
  const form = (action: string, content: Content) =>
    html`<form method="post" action="/orders/${orderId}/${action}">${csrfField(session)}${content}</form>`;
  const choice = select('operatorId', names, session.user?.userId ?? '');
  return [
    allowed.includes('assigned') ? form('assign', html`${choice} <button>Assign</button>`) : undefined,
    allowed.includes('in_production') ? form('start', html`<button>Start</button>`) : undefined,
    allowed.includes('finished') ? form('finish', html`<button>Finish</button>`) : undefined,
  ];
}
