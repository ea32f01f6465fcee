import { allowedAfter } from '@hallmark/foundation';
import {
  csrfField,
  html,
  METAL_NAMES,
  parameterFields,
  priceOf,
  SETTING_NAMES,
  STATUS_NAMES,
  type StaffSession,
  staffPage,
} from '@hallmark/pages';
import type { Order } from './crm-api.js';

export function orderPage(brand: string, session: StaffSession, order: Order): string {
  const { orderId, status, parameters, delivery } = order;
  const action = `/orders/${orderId}`;
  const confirm = html`<form method="post" action="${action}/confirm">${csrfField(session)}<button>Confirm</button></form>`;
  const change = html`<form class="wide" method="post" action="${action}/change">${csrfField(session)}
${parameterFields(parameters)}<button class="quiet">Change and price again</button></form>`;
  const content = html`<section class="card" data-order="${orderId}" data-status="${status}">
<p><strong>${STATUS_NAMES[status]}</strong></p>
<table>
<tr><th>Price</th><td>${priceOf(order.price)}</td></tr>
<tr><th>Metal</th><td>${METAL_NAMES[parameters.metal]}</td></tr>
<tr><th>Stones</th><td>${SETTING_NAMES[parameters.setting]}</td></tr>
<tr><th>Size</th><td>${parameters.ringSize} mm</td></tr>
<tr><th>Customer</th><td>${order.customerId}</td></tr>
<tr><th>To</th><td>${delivery.name}, ${delivery.phone}, ${delivery.address}</td></tr>
</table>
</section>
<div class="actions">${allowedAfter(status).includes('confirmed') ? confirm : undefined}</div>
${status === 'priced' ? change : undefined}`;
  return staffPage({ brand, title: `Order ${orderId}`, session, content });
}

export function newOrderPage(brand: string, session: StaffSession): string {
  // The model comes last: everything else is known and checked when its first byte arrives.
  const content = html`<form class="wide" method="post" action="/orders" enctype="multipart/form-data">${csrfField(session)}
<label>Customer's id <input name="customerId" required></label>
${parameterFields({ metal: 'gold_585', setting: 'none', ringSize: 54 })}
<label>Name <input name="name" maxlength="100" required></label>
<label>Phone <input name="phone" type="tel" required></label>
<label>Delivery address <input name="address" maxlength="300" required></label>
<label>3D model (STL) <input name="model" type="file" accept=".stl,model/stl" required></label>
<button>Order</button>
</form>`;
  return staffPage({ brand, title: 'Order for a customer', session, content });
}
