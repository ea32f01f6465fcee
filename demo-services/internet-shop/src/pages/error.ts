import { html } from '../html.js';
import type { Session } from '../sessions.js';
import { layout } from './layout.js';

export function errorPage(session: Session | undefined, status: number, message: string): string {
  const title = status === 404 ? 'Not found' : status < 500 ? 'That did not work' : 'Sorry';
  return layout({
    title,
    session,
    content: html`<p class="error">${message}</p><p><a href="/">Back to the start</a></p>`,
  });
}
