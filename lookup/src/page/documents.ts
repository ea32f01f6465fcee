import { type Assets, script } from './assets.js';

const styles = ['tokens', 'frame', 'controls', 'story', 'tools', 'list', 'list-widths', 'detail', 'results'];

const howToGetALink = [
  'A new one is printed in the terminal in which the page was started: the last line that begins with <code>LOOKUP_URL=</code>. ' +
    'While <code>npm run demo</code> or <code>npm run stack</code> runs, it also stands in <code>.hallmark/stack.env</code>.',
  'If the page is no longer running there, start it again: <code>npm run lookup -- page</code>',
];

/** The documents of the page, which refer to its files. */
export interface Documents {
  /**
   * The document that the page's script fills.
   * @param first what the script will ask for first: the browser asks at once, while it still reads the script
   */
  shell(nonce: string, first: string | undefined): string;
  /** What is shown instead of the page, with how to go on. The texts are ours: nothing of the request is in them. */
  notice(title: string, paragraphs: readonly string[]): string;
  /**
   * Goes to the page from within the page: a browser doesn't send a strict cookie where a link on another site, or a redirect that
   * follows from one, leads.
   * @param path begins with a slash
   */
  goOn(path: string): string;
  readonly spentLink: string;
  readonly spentLinkButOpen: string;
  readonly noSession: string;
}

export function documentsWith({ base, files }: Assets): Documents {
  const imports = {
    preact: `${base}/modules/preact.mjs`,
    'preact/hooks': `${base}/modules/hooks.mjs`,
    'preact/jsx-runtime': `${base}/modules/jsxRuntime.mjs`,
  };
  // All at once, instead of each when the one that imports it has been read.
  const modules = [...files]
    .filter(([, { type }]) => type === script)
    .map(([path]) => `<link rel="modulepreload" href="${path}">`);
  const whole = (title: string, body: string, head?: string) => document(base, title, body, head);
  const notice: Documents['notice'] = (title, paragraphs) => {
    const texts = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n');
    return whole(title, `<main class="notice"><h1>${title}</h1>\n${texts}</main>`);
  };
  return {
    shell: (nonce, first) =>
      whole(
        'Look-up',
        `<div id="page"><p class="alone">Loading …</p></div>
<noscript><p class="alone">The look-up page needs JavaScript. Without it: npm run lookup -- --help</p></noscript>`,
        [
          `<script type="importmap" nonce="${nonce}">${JSON.stringify({ imports })}</script>`,
          ...(first === undefined ? [] : [`<link rel="preload" as="fetch" crossorigin href="${escaped(first)}">`]),
          ...modules,
          `<script type="module" src="${base}/page/client/main.js"></script>`,
        ].join('\n'),
      ),
    notice,
    goOn: (path) =>
      whole(
        'Look-up',
        `<p class="alone"><a href="${escaped(path)}">Go on to the look-up</a></p>`,
        `<meta http-equiv="refresh" content="0;url=${escaped(path)}">`,
      ),
    spentLink: notice('This link has been used', [
      'Each link opens the look-up in one browser, once.',
      ...howToGetALink,
    ]),
    spentLinkButOpen: notice('This link has been used', [
      'Each link opens the look-up once. In this browser it is open already: <a href="/">go to the look-up</a>',
    ]),
    noSession: notice('The look-up is not open in this browser', [
      'It opens with a link that works once. Open that link in this browser, then come back to this address.',
      ...howToGetALink,
    ]),
  };
}

function escaped(path: string): string {
  return path.replace(/[&"<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function document(base: string, title: string, body: string, head = ''): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Hallmark</title>
<link rel="icon" href="${base}/mark.svg">
${styles.map((name) => `<link rel="stylesheet" href="${base}/${name}.css">\n`).join('')}${head}
</head>
<body>
${body}
</body>
</html>
`;
}
