import type { ServicesAnswer } from '../services/services.js';
import { coloured, fitSegments, plain, type Segment } from './paint.js';
import { count } from './plural.js';
import { fit, pad, visible, widthOf } from './visible.js';

const widestService = 40;

/** Services, one a line, under the names of the columns. */
export function* servicesLines(answer: ServicesAnswer, options: { readonly width: number; readonly colours: boolean }) {
  const paint = options.colours ? coloured : plain;
  const print = (segments: readonly Segment[]) => paint(fitSegments(segments, options.width)).trimEnd();
  const names = answer.services.map(({ service }) => fit(visible(service), widestService));
  const nameColumns = Math.max('service'.length, ...names.map(widthOf));
  const numbers = (...texts: readonly string[]) => texts.map((text) => text.padStart(13)).join('');
  if (names.length > 0) {
    yield print([
      { text: `${pad('service', nameColumns)}${numbers('spans', 'records', 'errors')}  last`, style: 'faint' },
    ]);
  }
  for (const [index, { spans, records, errors, last }] of answer.services.entries()) {
    yield print([
      { text: pad(names[index] ?? '', nameColumns), style: 'strong' },
      { text: numbers(count(spans), count(records)) },
      { text: numbers(count(errors)), ...(errors > 0 && { style: 'bad' }) },
      { text: `  ${last.slice(0, 23).replace('T', ' ')}`, style: 'faint' },
    ]);
  }
  for (const gap of answer.gaps) yield print([{ text: `! ${visible(gap.text)}`, style: 'warning' }]);
}
