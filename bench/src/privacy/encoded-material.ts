import type { Sample } from './material.js';

type Kind = 'phone' | 'email' | 'bank';

/**
 * Values as logs hold them and few lists of examples do: Russian numbers as Russians write them, mail in other scripts, accounts in groups.
 * Published for examples: example.com (RFC 2606), the IBAN registry, the number ranges of the library's own examples.
 */
const values: Readonly<Record<Kind, readonly string[]>> = {
  phone: [
    '+7 (912) 345-67-89',
    '8 912 345-67-89',
    '8(912)3456789',
    '8-912-345-67-89',
    '89123456789',
    '8 (3452) 12-34-56',
    '+7 912 345 6789',
    '+375 29 123-45-67',
  ],
  email: ['ann.lee+shop@example.com', 'анна@пример.рф', 'o_brien@sub.example.co.uk', 'anna@xn--e1afmkfd.xn--p1ai'],
  bank: [
    'DE89 3704 0044 0532 0130 00',
    'GB29 NWBK 6016 1331 9268 19',
    'FR14 2004 1010 0505 0001 3M02 606',
    'NL91ABNA0417164300',
  ],
};

const json = (value: string) => JSON.stringify(value).slice(1, -1);
const escaped = (value: string) =>
  value.replace(/[@\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
const form = (value: string) => new URLSearchParams({ q: value }).toString().slice(2);
const wide = (value: string) => value.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

/** How a value stands in a line, and the line around it. */
const lines: readonly (readonly [line: string, written: (value: string) => string])[] = [
  ['GET /find?q=%s&page=2', encodeURIComponent],
  ['body: q=%s&page=2', form],
  ['redirect to /login?next=%s', (value) => encodeURIComponent(`/find?q=${encodeURIComponent(value)}`)],
  ['{"level":30,"payload":"{\\"note\\":\\"%s\\"}"}', json],
  ['{"note":"%s"}', escaped],
  ["INSERT INTO notes (text) VALUES ('%s')", (value) => value.replaceAll("'", "''")],
  ['клиент сообщил:%s,передано в отдел', (value) => value],
  ['написал: %s', wide],
  ['<note>%s</note>', (value) => value],
];

/** Each value in each of the lines. */
export function encodedSamples(): Sample[] {
  return Object.entries(values).flatMap(([kind, list]) =>
    list.flatMap((value) =>
      lines.map(([line, written]) => {
        const start = line.indexOf('%s');
        const text = written(value);
        return { text: line.replace('%s', () => text), personal: [{ kind, start, end: start + text.length }] };
      }),
    ),
  );
}
