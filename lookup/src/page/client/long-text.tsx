import { useState } from 'preact/hooks';
import { Copy } from './copy.js';
import { visibleLines } from './hostile.js';

const foldedCharacters = 600;
const foldedLines = 8;

/** A text of any length: its beginning, and the rest for who wants it. */
export function LongText({
  text,
  label,
  bad = false,
  code = false,
}: {
  text: string;
  label: string;
  bad?: boolean;
  code?: boolean;
}) {
  const [open, setOpen] = useState(false);
  const short = beginningOf(text);
  const classes = ['long', bad && 'bad', code && 'code'].filter(Boolean).join(' ');
  return (
    <section class={classes}>
      <h3>
        {label} <Copy text={text} what={label.toLowerCase()} />
      </h3>
      <pre>{visibleLines(open ? text : short)}</pre>
      {short.length < text.length && (
        <button type="button" class="link" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'less' : `all ${text.length.toLocaleString('en')} characters`}
        </button>
      )}
    </section>
  );
}

function beginningOf(text: string): string {
  const lines = text.slice(0, foldedCharacters).split('\n').slice(0, foldedLines).join('\n');
  return lines.length < text.length ? lines : text;
}
