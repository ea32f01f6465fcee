import { allowedAfter } from '@hallmark/foundation';
import {
  type Content,
  csrfField,
  html,
  METAL_NAMES,
  type Order,
  parameterFields,
  priceOf,
  SETTING_NAMES,
  STATUS_NAMES,
} from '@hallmark/pages';
import type { Session } from '../sessions.js';
import { shopPage } from './shop-page.js';

const RELOAD_S = 2;

export function ordersPage(session: Session, orders: readonly Order[]): string {
  const rows = orders.map(
    (order) => html`<tr><td><a href="/orders/${order.orderId}">${order.orderId}</a></td>
<td>${STATUS_NAMES[order.status]}</td><td>${priceOf(order.price)}</td></tr>`,
  );
  const list = html`<table><tr><th>Order</th><th>Status</th><th>Price</th></tr>${rows}</table>`;
  const content = html`${orders.length > 0 ? list : html`<p>You have no orders yet.</p>`}
<p><a href="/orders/new">Order a ring</a></p>`;
  return shopPage({ title: 'My orders', session, content });
}

export function newOrderPage(session: Session): string {
  // The model comes last: everything else is known and checked when its first byte arrives.
  const content = html`<form class="wide" method="post" action="/orders" enctype="multipart/form-data">${csrfField(session)}
${parameterFields({ metal: 'gold_585', setting: 'none', ringSize: 54 })}
<label>Name <input name="name" autocomplete="name" maxlength="100" required></label>
<label>Phone <input name="phone" type="tel" autocomplete="tel" required></label>
<label>Delivery address <input name="address" autocomplete="street-address" maxlength="300" required></label>
<label>3D model (STL) <input name="model" type="file" accept=".stl,model/stl" required></label>
<button>Order</button>
</form>`;
  return shopPage({ title: 'Order a ring', session, content });
}

export function orderPage(session: Session, order: Order): string {
  const { orderId, status, parameters, delivery } = order;
  const content = html`<section class="card" data-order="${orderId}" data-status="${status}">
<p><strong>${STATUS_NAMES[status]}</strong></p>
${order.reason ? html`<p class="error">${order.reason}</p>` : undefined}
<table>
<tr><th>Price</th><td>${priceOf(order.price)}</td></tr>
<tr><th>Metal</th><td>${METAL_NAMES[parameters.metal]}</td></tr>
<tr><th>Stones</th><td>${SETTING_NAMES[parameters.setting]}</td></tr>
<tr><th>Size</th><td>${parameters.ringSize} mm</td></tr>
${order.polygons ? html`<tr><th>Model</th><td>${order.polygons} polygons, ${order.volumeMm3?.toFixed(1)} mm³</td></tr>` : undefined}
<tr><th>To</th><td>${delivery.name}, ${delivery.address}</td></tr>
</table>
</section>
${actions(session, order)}`;
  const waiting = status === 'created' || status === 'calculating';
  return shopPage({ title: `Order ${orderId}`, session, content, ...(waiting && { reloadS: RELOAD_S }) });
}

function actions(session: Session, { orderId, status, parameters }: Order): Content {
  const allowed = allowedAfter(status);
  const button = (action: string, text: string, style: string) =>
    html`<form method="post" action="/orders/${orderId}/${action}">${csrfField(session)}<button class="${style}">${text}</button></form>`;
  const change = html`<form class="wide" method="post" action="/orders/${orderId}/change">${csrfField(session)}
${parameterFields(parameters)}<button class="quiet">Change and price again</button></form>`;
  return html`<div class="actions">
${allowed.includes('approved') ? button('approve', 'Approve', '') : undefined}
${allowed.includes('cancelled') ? button('cancel', 'Cancel', 'quiet') : undefined}
</div>
${status === 'priced' ? change : undefined}`;
}
