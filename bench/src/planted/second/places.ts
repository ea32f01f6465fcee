import { anyValue, attributes, type PlantedRecord } from '../places.js';
import type { PlantedValue } from '../values.js';

type Made = Omit<PlantedRecord, 'place'> | undefined;
type Place = (value: PlantedValue) => Made;

const inBody =
  (textOf: (text: string) => string): Place =>
  ({ text }) => ({ signal: 'logs', record: { body: anyValue(textOf(text)) } });
const inAttributes =
  (of: (text: string) => Record<string, unknown>): Place =>
  ({ text }) => ({ signal: 'logs', record: { body: anyValue('saved'), attributes: attributes(of(text)) } });
const inSpan =
  (of: (text: string) => Record<string, unknown>): Place =>
  ({ text }) => ({ signal: 'traces', record: { name: 'POST /save', kind: 2, ...of(text) } });

const timeUnixNano = '1763688000000000000';
const percent = encodeURIComponent;

/** Places of a record apart from those of the generator: other encodings, other shapes, other neighbours. */
export const secondPlaces: Readonly<Record<string, Place>> = {
  'a sentence in Russian': inBody((text) => `Клиент сообщил: ${text}. Передано в отдел`),
  'a line of several': inBody((text) => `first line\n\t${text}\nlast line`),
  'an object as Node prints it': inBody((text) => `{ note: '${text.replaceAll("'", "\\'")}', ok: true }`),
  XML: inBody((text) => `<order><note>${text}</note></order>`),
  logfmt: inBody((text) => `level=info note="${text.replaceAll('"', '\\"')}" ok=true`),
  CSV: inBody((text) => `17;${text};done`),
  'a list of maps in the body': ({ text }) => ({
    signal: 'logs',
    record: { body: anyValue([{ id: 1 }, { note: text }]) },
  }),
  'a list of maps': inAttributes((text) => ({ items: [{ id: 1 }, { notes: [{ value: text }] }] })),
  'a cause in a stack': inAttributes((text) => ({
    'exception.stacktrace': `Error: no\n    at f (/srv/a.js:10:20)\n  [cause]: Error: bad value ${text}\n    at g (/srv/b.js:3:4)`,
  })),
  'a list in the resource': ({ text }) => ({
    signal: 'logs',
    resource: attributes({ 'process.command_args': ['node', 'a.js', text] }),
    record: { body: anyValue('x') },
  }),
  'a map in the scope': ({ text }) => ({
    signal: 'logs',
    scope: { name: 'x', attributes: attributes({ a: { b: text } }) },
    record: { body: anyValue('x') },
  }),
  'baggage in one header': inAttributes((text) => ({ 'http.request.header.baggage': `a=1,note=${percent(text)},b=2` })),
  'the key of a nested map': inAttributes((text) => ({ seen: { [text]: { times: 2 } } })),
  'JSON, nested twice, in a list': inAttributes((text) => ({
    payload: JSON.stringify([{ inner: JSON.stringify({ deep: [JSON.stringify({ note: text })] }) }]),
  })),
  'JSON, cut off': inAttributes((text) => ({
    payload: `${JSON.stringify({ id: 7, note: text, tail: 'x' }).slice(0, -9)}`,
  })),
  'percent-encoded twice': inAttributes((text) => ({ 'url.query': `r=${percent(`/find?q=${percent(text)}`)}` })),
  'a path of a URL': inAttributes((text) => ({ 'url.path': `/search/${percent(text)}/page` })),
  'a form with a listed neighbour': inAttributes((text) => ({
    'http.request.body.content': new URLSearchParams({ id: '17', note: text, z: '1' }).toString(),
  })),
  'SQL, dollar quotes': inAttributes((text) => ({ 'db.query.text': `SELECT $q$${text}$q$::text FROM t` })),
  'SQL, escape string': inAttributes((text) => ({
    'db.query.text': `INSERT INTO t (a) VALUES (E'x\\n${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}')`,
  })),
  'SQL, comment': inAttributes((text) => ({ 'db.query.text': `SELECT 1 /* ${text} */ FROM t` })),
  'SQL in an error': inAttributes((text) => ({
    'exception.message': `syntax error in: UPDATE t SET a = '${text.replaceAll("'", "''")}' WHERE id = 17`,
  })),
  'a name and its value': inAttributes((text) => ({ params: [{ name: 'note', value: text }] })),
  'a change': inAttributes((text) => ({ 'change.field': 'note', 'change.old': 'none', 'change.new': text })),
  'a filter': inAttributes((text) => ({ filter: `note eq "${text}" and page eq 2` })),
  'an attribute of the span, list': inSpan((text) => ({ attributes: attributes({ notes: [text, 'b'] }) })),
  'the message of an exception event': inSpan((text) => ({
    events: [
      {
        name: 'exception',
        timeUnixNano,
        attributes: attributes({ 'exception.message': `bad ${text}`, 'exception.stacktrace': `E: ${text}\n at x` }),
      },
    ],
  })),
  'the status of a failed span': inSpan((text) => ({ status: { code: 2, message: `Error: "${text}" is refused` } })),
  'an event of a span': inSpan((text) => ({ events: [{ name: `refused ${text}`, timeUnixNano }] })),
};
