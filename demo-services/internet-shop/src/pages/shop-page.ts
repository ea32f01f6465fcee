import { type Content, csrfField, html, layout, type Page } from '@hallmark/pages';
import type { Session } from '../sessions.js';

export interface ShopPage extends Pick<Page, 'title' | 'content' | 'reloadS'> {
  session: Session | undefined;
}

/** A page of the shop, with the links for whoever looks at it. */
export function shopPage({ session, ...page }: ShopPage): string {
  const navigation = html`<a href="/models">Models</a>
<a href="/materials">Materials</a>
${session?.user ? accountLinks(session) : html`<a href="/login">Log in</a> <a href="/register">Register</a>`}`;
  return layout({ ...page, brand: 'Aurum Rings', navigation });
}

function accountLinks(session: Session): Content {
  return html`<a href="/orders">My orders</a> <a href="/orders/new">Order a ring</a>
<form method="post" action="/logout">${csrfField(session)}<button class="plain">Log out, ${session.user?.name}</button></form>`;
}
