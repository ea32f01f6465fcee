import { styleText } from 'node:util';
import { fit, widthOf } from './visible.js';

export type Style = 'faint' | 'strong' | 'good' | 'bad' | 'warning' | 'event';

/** A piece of a line; its text is safe to print. */
export interface Segment {
  readonly text: string;
  readonly style?: Style;
}

export type Paint = (segments: readonly Segment[]) => string;

const formats = {
  faint: ['dim'],
  strong: ['bold'],
  good: ['green'],
  bad: ['bold', 'red'],
  warning: ['yellow'],
  event: ['cyan'],
} as const satisfies Record<Style, readonly string[]>;

export const plain: Paint = (segments) => segments.map(({ text }) => text).join('');

export const coloured: Paint = (segments) =>
  segments
    .map(({ text, style }) =>
      style === undefined || text.trim() === ''
        ? text
        : styleText([...formats[style]], text, { validateStream: false }),
    )
    .join('');

/** Colours only on a terminal, unless FORCE_COLOR asks for them; NO_COLOR (no-color.org) and a dumb terminal take them away. */
export function wantsColours(isTerminal: boolean, environment: NodeJS.ProcessEnv): boolean {
  const forced = environment.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (environment.NO_COLOR) return false;
  return isTerminal && environment.TERM !== 'dumb';
}

/** Cuts a line of segments to a width. */
export function fitSegments(segments: readonly Segment[], width: number): Segment[] {
  const fitted: Segment[] = [];
  let room = width;
  for (const [index, segment] of segments.entries()) {
    const own = widthOf(segment.text);
    const isLast = segments.slice(index + 1).every(({ text }) => text === '');
    if (own < room || (own === room && isLast)) {
      fitted.push(segment);
      room -= own;
      continue;
    }
    fitted.push({ ...segment, text: fit(`${segment.text}${isLast ? '' : ' …'}`, room) });
    break;
  }
  return fitted;
}

export function segmentsWidth(segments: readonly Segment[]): number {
  return segments.reduce((sum, { text }) => sum + widthOf(text), 0);
}
