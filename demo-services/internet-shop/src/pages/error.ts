import { html, type Shown } from '@hallmark/pages';
import type { Session } from '../sessions.js';
import { shopPage } from './shop-page.js';

export function errorPage(session: Session | undefined, { title, message }: Shown): string {
  const content = html`<p class="error">${message}</p><p><a href="/">Back to the start</a></p>`;
  return shopPage({ title, session, content });
}
