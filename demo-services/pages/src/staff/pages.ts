import type { StaffMember } from '@hallmark/foundation';
import { type Content, html } from '../html.js';
import { csrfField, layout, type Page } from '../layout.js';
import type { StaffSession } from './session.js';

export interface StaffPage extends Pick<Page, 'brand' | 'title' | 'content'> {
  session: StaffSession | undefined;
}

/** A page of an application for staff. */
export function staffPage({ session, ...page }: StaffPage): string {
  return layout({ ...page, navigation: session?.user ? memberLinks(session, session.user) : undefined });
}

function memberLinks(session: StaffSession, user: StaffMember): Content {
  return html`<a href="/orders">Orders</a> <a href="/account">Account</a>
${user.isAdministrator ? html`<a href="/users">Users</a>` : undefined}
<form method="post" action="/logout">${csrfField(session)}<button class="plain">Log out, ${user.name}</button></form>`;
}

export function logInForm(session: StaffSession, error?: string): Content {
  return html`${error ? html`<p class="error">${error}</p>` : undefined}
<form class="wide" method="post" action="/login">${csrfField(session)}
<label>Log-in name <input name="login" autocomplete="username" required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button>Log in</button>
</form>`;
}

export function accountForm(session: StaffSession): Content {
  return html`<form class="wide" method="post" action="/account">${csrfField(session)}
<label>Name <input name="name" autocomplete="name" maxlength="100" value="${session.user?.name}"></label>
<label>New password, empty to keep the old one
<input name="password" type="password" autocomplete="new-password" minlength="10"></label>
<button>Save</button>
</form>`;
}

export function usersContent(session: StaffSession, users: readonly StaffMember[]): Content {
  const rows = users.map(
    ({ userId, login, name }) =>
      html`<tr data-user="${userId}" data-login="${login}"><td>${login}</td><td>${name}</td></tr>`,
  );
  return html`<table><tr><th>Log-in name</th><th>Name</th></tr>${rows}</table>
<form class="wide" method="post" action="/users">${csrfField(session)}
<label>Log-in name <input name="login" pattern="[A-Za-z0-9_\\-]{1,64}" required></label>
<label>Name <input name="name" maxlength="100" required></label>
<label>Password, 10 characters at least <input name="password" type="password" minlength="10" required></label>
<button>Make the account</button>
</form>`;
}
