import { anyValue, attributes, type PlantedRecord } from '../places.js';
import type { Random } from '../random.js';
import type { PlantedValue } from '../values.js';

type Made = Omit<PlantedRecord, 'place'>;
type Named = (key: string, value: string, twoWords: string) => Made;

const inBody =
  (of: (key: string, value: string, twoWords: string) => unknown): Named =>
  (key, value, twoWords) => ({ signal: 'logs', record: { body: anyValue(of(key, value, twoWords)) } });
const inAttributes =
  (of: (key: string, value: string, twoWords: string) => Record<string, unknown>): Named =>
  (key, value, twoWords) => ({
    signal: 'logs',
    record: { body: anyValue('saved'), attributes: attributes(of(key, value, twoWords)) },
  });
const json = JSON.stringify;

/** Ways to write a listed key and its value, which nothing but the key tells. */
const ways: Readonly<Record<string, Named>> = {
  attribute: inAttributes((key, value) => ({ [key]: value })),
  'attribute, two words': inAttributes((key, _, value) => ({ [key]: value })),
  'attribute of a span event': (key, value) => ({
    signal: 'traces',
    record: {
      name: 'x',
      kind: 2,
      events: [{ name: 'x', timeUnixNano: '1763688000000000000', attributes: attributes({ [key]: value }) }],
    },
  }),
  resource: (key, value) => ({
    signal: 'traces',
    resource: attributes({ [key]: value }),
    record: { name: 'x', kind: 2 },
  }),
  'map in maps and lists': inAttributes((key, value) => ({ a: { b: [{ c: [{ [key]: value }] }] } })),
  'body map': inBody((key, value) => ({ a: [{ [key]: value }] })),
  'value is a list': inAttributes((key, value) => ({ [key]: ['x', value] })),
  'value is a list of lists': inAttributes((key, value) => ({ [key]: [['x'], [value]] })),
  'value is a map': inAttributes((key, value) => ({ [key]: { x: value } })),
  'value is a list of maps': inAttributes((key, value) => ({ [key]: [{ x: 1 }, { x: value }] })),
  'value is a map of lists of maps': inAttributes((key, value) => ({ a: { [key]: { x: [{ y: value }] } } })),
  'value is four deep': inBody((key, value) => ({ [key]: { x: [{ y: { z: [value] } }] } })),
  'JSON in a text': inBody((key, _, value) => `saved ${json({ id: 7, [key]: value })}`),
  'JSON in a string': inAttributes((key, _, value) => ({ payload: json({ a: [{ [key]: value }] }) })),
  'JSON on several lines': inBody((key, _, value) => json({ a: [{ [key]: value }] }, undefined, 2)),
  'JSON in JSON': inAttributes((key, _, value) => ({ payload: json({ inner: json({ [key]: value }) }) })),
  'JSON, a list': inAttributes((key, value) => ({ payload: json({ [key]: ['x', value] }) })),
  'JSON, a map of lists': inAttributes((key, value) => ({ payload: json({ [key]: { x: ['x', { y: value }] } }) })),
  'JSON, a quote in the value': inAttributes((key, value) => ({ payload: json({ [key]: `a"b ${value}` }) })),
  'a text, colon': inBody((key, value) => `rejected ${key}: ${value}`),
  'a text, quoted': inBody((key, _, value) => `rejected ${key}="${value}" twice`),
  'a text, single quotes': inBody((key, _, value) => `rejected ${key} = '${value}', twice`),
  'a query string': inAttributes((key, value) => ({ 'url.full': `http://shop.example/x?a=1&${key}=${value}&b=2` })),
  'a form with brackets': inAttributes((key, value) => ({ 'http.request.body.content': `a=1&user[${key}]=${value}` })),
  'a form with brackets, encoded': inAttributes((key, value) => ({
    'http.request.body.content': `a=1&user%5Bx%5D%5B${key}%5D=${value}&b=2`,
  })),
  'a form with a list': inAttributes((key, value) => ({ 'url.query': `${key}[]=x1&${key}[]=${value}` })),
  'an element': inBody((key, _, value) => `<user><${key}>${value}</${key}></user>`),
  'an attribute of an element': inBody((key, _, value) => `<user id="7" ${key}="${value}"/>`),
  'an argument in a list': inAttributes((key, value) => ({ 'process.command_args': ['run', `--${key}`, value] })),
  'an argument in a text': inBody((key, value) => `exec: run --${key} ${value} --fast`),
  'an argument with =': inBody((key, _, value) => `exec: run --${key}='${value}' --fast`),
  'an object of Node': inBody((key, _, value) => `{ id: 7, ${key}: '${value}', ok: true }`),
  'a dictionary of Python': inBody((key, _, value) => `{'id': 7, '${key}': '${value}', 'ok': True}`),
  'an object of Java': inBody((key, value) => `User(id=7, ${key}=${value}, ok=true)`),
  'a map of Go': inBody((key, value) => `map[${key}:${value} ok:true]`),
  'a hash of Ruby': inBody((key, _, value) => `{:id=>7, :${key}=>"${value}"}`),
  'a key of PostgreSQL': inBody((key, _, value) => `DETAIL:  Key (id, ${key})=(7, ${value}) already exists.`),
  'SQL, an assignment': inAttributes((key, _, value) => ({ 'db.query.text': `UPDATE t SET ${key} = '${value}'` })),
  'SQL, columns and values': inAttributes((key, _, value) => ({
    'db.statement': `INSERT INTO t (id, ${key}) VALUES (7, '${value}')`,
  })),
  'a field and its change': inAttributes((key, value) => ({ changes: [{ field: key, old: 'x', new: value }] })),
  'a field and its change, capitals': inAttributes((key, value) => ({
    changes: [{ Field: key, Old: value, New: 'x' }],
  })),
  'a name and its value': inBody((key, value) => ({ params: [{ id: 1 }, { name: key, value }] })),
  'a name behind its value': inAttributes((key, value) => ({ params: [{ value, name: key }] })),
  'a name and its values': inAttributes((key, value) => ({ filters: [{ name: key, values: ['x', value] }] })),
  'a name and its value, in JSON': inBody((key, _, value) => `got ${json([{ key, value }])}`),
  'a name and its value, a map': inAttributes((key, value) => ({ params: [{ column: key, value: { raw: value } }] })),
  'a change': inAttributes((key, value) => ({ 'change.field': key, 'change.old': value, 'change.new': 'x' })),
};

/** Every way with keys of every kind, each written in one of the styles of programmers. */
export function keyedRecords(random: Random, keysByKind: Readonly<Record<string, readonly string[]>>, each: number) {
  const letters = (count: number) => Array.from({ length: count }, () => random.pick([...'bcdfghkmnprstvz'])).join('');
  const secret = () => `${random.pick([...'BDGKMRTVZ'])}a${letters(8)}`;
  const made: { value: PlantedValue; planted: PlantedRecord }[] = [];
  for (const [place, make] of Object.entries(ways)) {
    for (const [kind, keys] of Object.entries(keysByKind)) {
      for (let i = 0; i < each; i++) {
        const key = random.pick(styles)(random.pick(keys).split(' '));
        const value = secret();
        const record = make(key, value, `${secret()} ${value}`);
        made.push({ value: { kind, text: value, secret: value }, planted: { place: `key, ${place}`, ...record } });
      }
    }
  }
  return made;
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const camel = ([first = '', ...words]: readonly string[]) => first + words.map(capital).join('');
const styles: readonly ((words: readonly string[]) => string)[] = [
  camel,
  (words) => words.map(capital).join(''),
  (words) => words.join('_'),
  (words) => words.join('-'),
  (words) => words.join('_').toUpperCase(),
  (words) => `user.${words.join('_')}`,
  (words) => camel(['user', ...words]),
];
