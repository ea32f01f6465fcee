import type { RefObject } from 'preact';
import { useCallback, useLayoutEffect, useState } from 'preact/hooks';

/** Rows beyond the edges that are drawn too, so that fast scrolling shows no blank. */
const beyond = 12;
const wideRow = 28;
const narrowRow = 48;
/** Where the style breaks a row into two lines. */
export const narrow = '(max-width: 720px)';
const columnsHeight = 28;

export interface Window {
  /** Unit: pixels. */
  readonly rowHeight: number;
  readonly first: number;
  /** The row after the last. */
  readonly last: number;
  readonly reveal: (index: number) => void;
}

/** Which rows of a scrolled box are in sight. */
export function useWindow(box: RefObject<HTMLDivElement | null>, count: number): Window {
  const [rowHeight, setRowHeight] = useState(() => (matchMedia(narrow).matches ? narrowRow : wideRow));
  const [range, setRange] = useState({ first: 0, last: 60 });
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const media = matchMedia(narrow);
    const measure = () => {
      const height = media.matches ? narrowRow : wideRow;
      const first = Math.max(0, Math.floor(element.scrollTop / height) - beyond);
      const last = Math.min(count, Math.ceil((element.scrollTop + element.clientHeight) / height) + beyond);
      setRowHeight(height);
      setRange((old) => (old.first === first && old.last === last ? old : { first, last }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    media.addEventListener('change', measure);
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
      media.removeEventListener('change', measure);
    };
  }, [box, count]);

  const reveal = useCallback(
    (index: number) => {
      const element = box.current;
      if (element === null) return;
      const height = matchMedia(narrow).matches ? narrowRow : wideRow;
      const top = index * height;
      const room = element.clientHeight - columnsHeight;
      const isAbove = top < element.scrollTop;
      const isBelow = top + height > element.scrollTop + room;
      // A step beyond the edge moves by a row; a jump puts the row where the eye is.
      if (isAbove && element.scrollTop - top <= height * 2) element.scrollTop = top;
      else if (isBelow && top + height - element.scrollTop - room <= height * 2)
        element.scrollTop = top + height - room;
      else if (isAbove || isBelow) element.scrollTop = Math.max(0, top - room / 3);
    },
    [box],
  );
  return { rowHeight, first: range.first, last: Math.min(count, range.last), reveal };
}
