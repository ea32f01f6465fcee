import { useEffect, useState } from 'preact/hooks';
import { Header } from './header.js';
import { KeysDialog } from './keys-dialog.js';
import { PlaceContext, useAddressBar } from './place.js';
import { Results } from './results.js';
import { useKeys } from './shortcuts.js';
import { Start } from './start.js';
import { StoryPage } from './story-page.js';
import { otherTheme, useTheme } from './theme.js';

/** What the address says is what is shown: a story, what a search found, or where to begin. */
export function App() {
  const place = useAddressBar();
  const { address } = place;
  const [helps, setHelps] = useState(false);
  useTheme(address.theme);
  useKeys({
    '?': () => setHelps(true),
    '/': () => document.getElementById('q')?.focus(),
    u: () => place.note({ tz: address.tz === 'utc' ? undefined : 'utc' }),
    t: () => place.note({ theme: otherTheme() }),
  });
  useEffect(() => {
    document.title = `${address.story?.replace(/^\w+:/, '') ?? address.q ?? 'Look-up'} · Hallmark`;
  }, [address.story, address.q]);
  return (
    <PlaceContext.Provider value={place}>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <Header onHelp={() => setHelps(true)} />
      <main id="content" tabIndex={-1}>
        {address.story !== undefined ? (
          <StoryPage key={address.story} story={address.story} />
        ) : address.q !== undefined ? (
          <Results q={address.q} />
        ) : (
          <Start />
        )}
      </main>
      <div id="said" class="said" role="status" aria-live="polite" />
      {helps && <KeysDialog onClose={() => setHelps(false)} />}
    </PlaceContext.Provider>
  );
}
