import { inAttributes, inBody, type Place } from '../in-logs.js';
import { anyValue, attributes } from '../places.js';

/** Places that none of the other sets has: deeper ones, and how other languages and servers print what they have. */
export const fourthPlaces: Readonly<Record<string, Place>> = {
  'a number in a list': ({ number }) =>
    number === undefined
      ? undefined
      : { signal: 'logs', record: { body: anyValue('done'), attributes: attributes({ rows: [{ a: [1, number] }] }) } },
  'a list of maps of lists': inAttributes((text) => ({ rows: [{ cells: [{ lines: ['a', text] }] }] })),
  'a list of maps of lists in the body': inBody((text) => ({ rows: [{ cells: [[1], ['a', text]] }] })),
  'JSON on several lines': inBody((text) => JSON.stringify({ id: 7, notes: [{ note: text }] }, undefined, 2)),
  'lines of JSON': inBody((text) => `${JSON.stringify({ id: 1 })}\n${JSON.stringify({ id: 2, note: text })}\n`),
  'an object of Java': inBody((text) => `saved Order{id=7, note='${text}', ok=true}`),
  'a structure of Go': inBody((text) => `saved {ID:7 Note:${text} Ok:true}`),
  'a structure of Rust': inBody((text) => `saved Order { id: 7, note: Some(${JSON.stringify(text)}), ok: true }`),
  'a hash of Ruby': inBody((text) => `Parameters: {"id"=>"7", "note"=>${JSON.stringify(text)}}`),
  'a table': inBody((text) => `| 7 | ${text} | ok |`),
  'parameters of PostgreSQL': inBody((text) => `DETAIL:  parameters: $1 = '7', $2 = '${text.replaceAll("'", "''")}'`),
  'parameters of Hibernate': inBody((text) => `binding parameter [2] as [VARCHAR] - [${text}]`),
  'an error of nginx': inBody(
    (text) =>
      `2026/11/21 18:04:11 [error] 31#31: *7 upstream timed out, client: 10.0.0.7, server: x, request: "GET /find?q=${encodeURIComponent(text)} HTTP/1.1", host: "shop.example"`,
  ),
  'headers as they are sent': inBody((text) => `POST /save HTTP/1.1\r\nhost: shop.example\r\nx-note: ${text}\r\n\r\n`),
  'a form of several parts': inAttributes((text) => ({
    'http.request.body.content': `--x\r\nContent-Disposition: form-data; name="note"\r\n\r\n${text}\r\n--x--\r\n`,
  })),
  'a form with brackets': inAttributes((text) => ({
    'http.request.body.content': `order%5Bid%5D=7&order%5Bnote%5D=${encodeURIComponent(text)}&ok=1`,
  })),
  'an argument': inAttributes((text) => ({ 'process.command_args': ['java', '-jar', 'a.jar', '--note', text] })),
  'a fragment of a URL': inAttributes((text) => ({
    'http.request.header.referer': `https://shop.example/#note=${encodeURIComponent(text)}`,
  })),
  'a header that is a list': inAttributes((text) => ({ 'http.request.header.x-note': ['a', text] })),
  'SQL, several rows': inAttributes((text) => ({
    'db.statement': `INSERT INTO t (id, a) VALUES (1, 'x'), (2, '${text.replaceAll("'", "''")}')`,
  })),
  'a key of the resource': ({ text }) => ({
    signal: 'logs',
    resource: attributes({ [`seen ${text}`]: 'x' }),
    record: { body: anyValue('x') },
  }),
  'the name of the scope': ({ text }) => ({
    signal: 'traces',
    scope: { name: text },
    record: { name: 'GET /orders', kind: 2 },
  }),
  'a nested attribute of a span event': ({ text }) => ({
    signal: 'traces',
    record: {
      name: 'GET /orders',
      kind: 2,
      events: [{ name: 'x', timeUnixNano: '1763688000000000000', attributes: attributes({ a: [{ b: text }] }) }],
    },
  }),
};
