import { html, METAL_NAMES, SETTING_NAMES } from '@hallmark/pages';
import type { Session } from '../sessions.js';
import { shopPage } from './shop-page.js';

const MODELS = [
  { name: 'Plain band', text: 'A round profile, polished. The ring that is always right.' },
  { name: 'Wide band', text: 'A strong, flat profile for engraving.' },
  { name: 'Signet', text: 'A ring with a seal, from your own drawing.' },
  { name: 'Pavé band', text: 'Small stones all around, set by hand.' },
];

const ABOUT_METALS: Record<keyof typeof METAL_NAMES, string> = {
  silver_925: 'Light and bright, for every day.',
  gold_585: 'Hard enough for a wedding ring, warm in colour.',
  gold_750: 'The deep colour of fine gold.',
  platinum_950: 'Heavy, white, for ever.',
};

export function homePage(session: Session): string {
  return shopPage({
    title: 'Your ring, cast from your model',
    session,
    content: html`<p>Send us the 3D model of your ring as an STL file. We measure it, tell you the price within seconds,
and cast it in the metal of your choice.</p>
<p><a href="/models">See our models</a> or <a href="/orders/new">order your own</a>.</p>
${modelCards()}`,
  });
}

export function modelsPage(session: Session): string {
  return shopPage({ title: 'Models', session, content: modelCards() });
}

export function materialsPage(session: Session): string {
  const metals = Object.entries(METAL_NAMES) as [keyof typeof METAL_NAMES, string][];
  const content = html`<div class="cards">${metals.map(
    ([metal, name]) => html`<section class="card"><h2>${name}</h2><p>${ABOUT_METALS[metal]}</p></section>`,
  )}</div>
<p>Stones: ${Object.values(SETTING_NAMES).join(', ')}.</p>`;
  return shopPage({ title: 'Materials', session, content });
}

function modelCards() {
  return html`<div class="cards">${MODELS.map(
    ({ name, text }) => html`<section class="card"><h2>${name}</h2><p>${text}</p></section>`,
  )}</div>`;
}
