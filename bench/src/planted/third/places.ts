import { inAttributes, inBody, type Place } from '../in-logs.js';
import { attributes } from '../places.js';

/** Places that neither of the other sets has. */
export const thirdPlaces: Readonly<Record<string, Place>> = {
  'a line of syslog': inBody((text) => `Nov 21 18:04:11 web-1 app[4711]: note ${text}`),
  Markdown: inBody((text) => `- **note**: ${text}\n- ok`),
  YAML: inBody((text) => `note: ${JSON.stringify(text)}\nok: true\n`),
  'a Python dictionary': inBody((text) => `{'id': 7, 'note': ${JSON.stringify(text)}, 'ok': True}`),
  'variables of GraphQL': inAttributes((text) => ({
    'graphql.document': 'mutation($n: String) { save(note: $n) }',
    'graphql.variables': JSON.stringify({ n: text }),
  })),
  'arrays in arrays': inAttributes((text) => ({
    rows: [
      ['a', 1],
      ['b', text],
    ],
  })),
  'an unusual key beside usual ones': inAttributes((text) => ({
    'order.id': 'ORD-7K2ABCDE45',
    'order.status': 'created',
    remark: text,
  })),
  'a usual key': inAttributes((text) => ({
    'order.id': 'ORD-7K2ABCDE45',
    'url.path': `/find/${encodeURIComponent(text)}`,
  })),
  'a usual key that has a plain value': inAttributes((text) => ({
    'order.status': text,
    'order.id': 'ORD-7K2ABCDE45',
  })),
  'the name of a client span': ({ text }) => ({
    signal: 'traces',
    record: { name: `GET /find/${text}`, kind: 3, attributes: attributes({ 'http.request.method': 'GET' }) },
  }),
};
