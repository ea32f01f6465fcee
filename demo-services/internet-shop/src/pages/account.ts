import { csrfField, html } from '@hallmark/pages';
import type { Session } from '../sessions.js';
import { shopPage } from './shop-page.js';

export function logInPage(session: Session, error?: string): string {
  const content = html`${error ? html`<p class="error">${error}</p>` : undefined}
<form class="wide" method="post" action="/login">${csrfField(session)}
<label>E-mail <input name="email" type="email" autocomplete="email" required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button>Log in</button>
</form>
<p>New here? <a href="/register">Register</a></p>`;
  return shopPage({ title: 'Log in', session, content });
}

export function registerPage(session: Session): string {
  const content = html`<form class="wide" method="post" action="/register">${csrfField(session)}
<label>Name <input name="name" autocomplete="name" maxlength="100" required></label>
<label>E-mail <input name="email" type="email" autocomplete="email" required></label>
<label>Password, 10 characters at least
<input name="password" type="password" autocomplete="new-password" minlength="10" required></label>
<button>Register</button>
</form>`;
  return shopPage({ title: 'Register', session, content });
}
