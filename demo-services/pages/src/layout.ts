import { type Content, html } from './html.js';

/** What a form has to send back: a page of another site can't know it. */
export interface Form {
  csrf: string;
}

export interface Page {
  /** Whose page it is, shown at its top. */
  brand: string;
  title: string;
  /** What stands beside the brand. */
  navigation: Content;
  content: Content;
  /** Reload after so many seconds. */
  reloadS?: number;
}

/** A whole page: head, navigation, content. */
export function layout({ brand, title, navigation, content, reloadS }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${reloadS ? html`<meta http-equiv="refresh" content="${reloadS}">` : undefined}
<title>${title} - ${brand}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header>
<a class="brand" href="/">${brand}</a>
${navigation}
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
export function csrfField({ csrf }: Form): Content {
  return html`<input type="hidden" name="csrf" value="${csrf}">`;
}
