const styles = ['tokens', 'frame', 'controls', 'story', 'tools', 'list', 'list-widths', 'detail', 'results'];

/** The document that the page's script fills. */
export function shell(nonce: string): string {
  const imports = {
    preact: '/modules/preact.mjs',
    'preact/hooks': '/modules/hooks.mjs',
    'preact/jsx-runtime': '/modules/jsxRuntime.mjs',
  };
  return document(
    'Look-up',
    `<div id="page"><p class="alone">Loading …</p></div>
<noscript><p class="alone">The look-up page needs JavaScript. Without it: npm run lookup -- --help</p></noscript>`,
    `<script type="importmap" nonce="${nonce}">${JSON.stringify({ imports })}</script>
<script type="module" src="/app/page/client/main.js"></script>`,
  );
}

/** What is shown instead of the page, with how to go on. The texts are ours: nothing of the request is in them. */
export function notice(title: string, paragraphs: readonly string[]): string {
  const texts = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n');
  return document(title, `<main class="notice"><h1>${title}</h1>\n${texts}</main>`);
}

/**
 * Goes to the page from within the page: a browser doesn't send a strict cookie where a link on another site, or a redirect that
 * follows from one, leads.
 * @param path begins with a slash
 */
export function goOn(path: string): string {
  const target = path.replace(/[&"<>]/g, (character) => `&#${character.charCodeAt(0)};`);
  return document(
    'Look-up',
    `<p class="alone"><a href="${target}">Go on to the look-up</a></p>`,
    `<meta http-equiv="refresh" content="0;url=${target}">`,
  );
}

const howToGetALink = [
  'A new one is printed in the terminal in which the page was started: the last line that begins with <code>LOOKUP_URL=</code>. ' +
    'While <code>npm run demo</code> or <code>npm run stack</code> runs, it also stands in <code>.hallmark/stack.env</code>.',
  'If the page is no longer running there, start it again: <code>npm run lookup -- page</code>',
];

export const spentLink = notice('This link has been used', [
  'Each link opens the look-up in one browser, once.',
  ...howToGetALink,
]);

export const spentLinkButOpen = notice('This link has been used', [
  'Each link opens the look-up once. In this browser it is open already: <a href="/">go to the look-up</a>',
]);

export const noSession = notice('The look-up is not open in this browser', [
  'It opens with a link that works once. Open that link in this browser, then come back to this address.',
  ...howToGetALink,
]);

function document(title: string, body: string, head = ''): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Hallmark</title>
<link rel="icon" href="/app/mark.svg">
${styles.map((name) => `<link rel="stylesheet" href="/app/${name}.css">\n`).join('')}${head}
</head>
<body>
${body}
</body>
</html>
`;
}
