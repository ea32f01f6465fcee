import { type Content, html } from '../html.js';
import type { Session } from '../sessions.js';

export interface Page {
  title: string;
  session: Session | undefined;
  content: Content;
  /** Reload after so many seconds. */
  reloadS?: number;
}

/** A whole page: head, navigation, content. */
export function layout({ title, session, content, reloadS }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${reloadS ? html`<meta http-equiv="refresh" content="${reloadS}">` : undefined}
<title>${title} - Aurum Rings</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header>
<a class="brand" href="/">Aurum Rings</a>
<a href="/models">Models</a>
<a href="/materials">Materials</a>
${session?.user ? accountLinks(session) : html`<a href="/login">Log in</a> <a href="/register">Register</a>`}
</header>
<main>
<h1>${title}</h1>
${content}
</main>
<footer>Rings cast from your own 3D model.</footer>
</body>
</html>
`.text;
}

/** The field that every form has to carry. */
export function csrfField(session: Session): Content {
  return html`<input type="hidden" name="csrf" value="${session.csrf}">`;
}

function accountLinks(session: Session): Content {
  return html`<a href="/orders">My orders</a> <a href="/orders/new">Order a ring</a>
<form method="post" action="/logout">${csrfField(session)}<button class="plain">Log out, ${session.user?.name}</button></form>`;
}
