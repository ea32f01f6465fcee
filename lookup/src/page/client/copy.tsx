import { useState } from 'preact/hooks';
import { announce } from './announce.js';

const shownMs = 1_500;

/** A button that puts a text on the clipboard. */
export function Copy({ text, what, label }: { text: string; what: string; label?: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setDone(true);
    announce(`Copied ${what}.`);
    setTimeout(() => setDone(false), shownMs);
  };
  const failed = () => announce(`The browser did not let this page copy: select the text instead.`);
  return (
    <button
      type="button"
      class="icon"
      title={`Copy ${what}`}
      aria-label={`Copy ${what}`}
      onClick={() => void copy().catch(failed)}
    >
      {done ? '✓' : (label ?? <CopySign />)}
    </button>
  );
}

function CopySign() {
  return (
    <svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
      <rect x="4.5" y="4.5" width="8" height="8" rx="1.5" fill="none" stroke="currentColor" />
      <path d="M9.5 2.5v-1h-8v8h1" fill="none" stroke="currentColor" stroke-linejoin="round" />
    </svg>
  );
}
