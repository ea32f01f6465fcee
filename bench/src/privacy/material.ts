import { createRequire } from 'node:module';
import type { CountryCode } from 'libphonenumber-js';
import { lookAlikes } from '../planted/look-alikes.js';
import { randomFrom } from '../planted/random.js';
import { plantedValues } from '../planted/values.js';

/** A line of text, and the personal values in it. */
export interface Sample {
  readonly text: string;
  readonly personal: readonly { kind: string; start: number; end: number }[];
}

/** Card numbers that payment providers publish for tests. */
const testCards =
  '4242424242424242 4000056655665556 5555555555554444 2223003122003222 5200828282828210 5105105105105100 378282246310005 371449635398431 6011111111111117 6011000990139424 3056930009020004 36227206271667 6555900000604105 3566002020360505 6200000000000005 2200000000000004 4111111111111111 4012888888881881 4222222222222 5019717010103742';
/** Example IBANs of the SWIFT registry. */
const testIbans =
  'DE89370400440532013000 GB29NWBK60161331926819 FR1420041010050500013M02606 ES9121000418450200051332 IT60X0542811101000000123456 NL91ABNA0417164300 PL61109010140000071219812874 CH9300762011623852957 AT611904300234573201 BE68539007547034 SE4550000000058398257466 NO9386011117947 DK5000400440116243 FI2112345600000785 PT50000201231234567890154 CZ6508000000192000145399 KZ86125KZT5004100100 TR330006100519786457841326';
const phoneCountries: readonly CountryCode[] = [
  'RU',
  'US',
  'GB',
  'DE',
  'FR',
  'ES',
  'IT',
  'PL',
  'IN',
  'KZ',
  'BY',
  'CN',
  'BR',
  'JP',
  'TR',
  'NL',
  'SE',
  'AE',
];
const sentences = [
  'customer wrote: %s, please check',
  'failed to deliver to %s (attempt 2)',
  '%s',
  'клиент указал %s при заказе',
  'payload={"note":"%s"}',
];

/** Published test values of the kinds that Presidio knows too, and new values of the generator, in sentences of a log. */
export function personalSamples(seeds: readonly number[]): Sample[] {
  const values = [
    ...testCards.split(' ').map((text) => ({ kind: 'card', text })),
    ...testIbans
      .split(' ')
      .flatMap((iban) => [iban, iban.replace(/(.{4})(?=.)/g, '$1 ')].map((text) => ({ kind: 'bank', text }))),
    ...phones(),
    ...seeds.flatMap((seed) => plantedValues(randomFrom(seed)).filter(({ text }) => !text.startsWith('тел.'))),
  ];
  return values.map(({ kind, text }, i) => {
    const sentence = sentences[i % sentences.length] ?? '%s';
    const start = sentence.indexOf('%s');
    return { text: sentence.replace('%s', () => text), personal: [{ kind, start, end: start + text.length }] };
  });
}

/** The example number of each country in the library's own test data, international and E.164; Russian ones as Russians write too. */
function phones(): { kind: string; text: string }[] {
  const require = createRequire(import.meta.url);
  const { getExampleNumber } = require('libphonenumber-js/max') as typeof import('libphonenumber-js/max');
  const examples = require('libphonenumber-js/mobile/examples') as Parameters<typeof getExampleNumber>[1];
  const written = phoneCountries.flatMap((country) => {
    const number = getExampleNumber(country, examples);
    return number ? [number.formatInternational(), number.number as string] : [];
  });
  const russian = [
    '8 912 345-67-89',
    '8(912)345-67-89',
    '+7 (912) 345-67-89',
    '8-912-345-67-89',
    '+7-912-345-67-89',
    '89123456789',
    '8 (495) 123-45-67',
    '+7 495 123 45 67',
  ];
  return [...written, ...russian].map((text) => ({ kind: 'phone', text }));
}

/** Ordinary lines with long numbers: the generator's look-alikes in sentences, with nothing personal. */
export function ordinarySamples(seeds: readonly number[]): Sample[] {
  return seeds.flatMap((seed) => lookAlikes(randomFrom(seed)).map((text) => ({ text, personal: [] })));
}
