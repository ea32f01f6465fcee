import type { Line } from '../rows.js';

export type Move = { readonly kind: 'to'; readonly index: number } | { readonly kind: 'toggle' | 'choose' };

/** What a key does in the list (WAI-ARIA, treegrid pattern, rows first), and `j` and `k` beside the arrows. */
export function moveOf(key: string, lines: readonly Line[], index: number, page: number): Move | undefined {
  const to = (wanted: number): Move => ({ kind: 'to', index: Math.min(lines.length - 1, Math.max(0, wanted)) });
  const line = lines[index];
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return to(index + 1);
    case 'ArrowUp':
    case 'k':
      return to(index - 1);
    case 'PageDown':
      return to(index + page);
    case 'PageUp':
      return to(index - page);
    case 'Home':
      return to(0);
    case 'End':
      return to(lines.length - 1);
    case 'ArrowRight':
      return line?.open === false ? { kind: 'toggle' } : line?.open ? to(index + 1) : undefined;
    case 'ArrowLeft':
      return line?.open ? { kind: 'toggle' } : to(above(lines, index));
    case 'Enter':
    case ' ':
      return { kind: 'choose' };
    default:
      return undefined;
  }
}

/** The line that this one hangs beneath. */
function above(lines: readonly Line[], index: number): number {
  const own = levelOf(lines[index]);
  for (let at = index - 1; at >= 0; at -= 1) if (levelOf(lines[at]) < own) return at;
  return index;
}

function levelOf(line: Line | undefined): number {
  return line?.kind === 'row' ? line.level : 1;
}
