import type { Random } from './random.js';

/** A personal value as it is written, and the signs of it that must not be stored. */
export interface PlantedValue {
  readonly kind: string;
  readonly text: string;
  /** What tells that the value leaked: its digits but the visible last four, its local part, its secret. */
  readonly secret: string;
  /** The value as a number, where it can be one. */
  readonly number?: number;
  /** Nothing but its checksum tells it from an order number: no key, written form, prefix or word. */
  readonly byChecksumAlone?: boolean;
  /** docs/privacy.md says that it is not told where it stands, or as it is written: by the collector, or by the process as well. */
  readonly limit?: 'collector' | 'both';
}

/** One value of each written form, new with every seed. */
export function plantedValues(random: Random): PlantedValue[] {
  return [
    ...cards(random),
    ...phones(random),
    ...mail(random),
    ...documents(random),
    ...addresses(random),
    ...secrets(random),
  ];
}

function withLuhn(head: string, length: number, random: Random): string {
  const body = head + random.digits(length - head.length - 1);
  for (let check = 0; check < 10; check++) if (luhnSum(body + check) % 10 === 0) return body + check;
  return body;
}

/** The Luhn sum written from its definition, apart from the code that is measured. */
function luhnSum(digits: string): number {
  return [...digits].reverse().reduce((sum, digit, i) => {
    const doubled = i % 2 === 1 ? Number(digit) * 2 : Number(digit);
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
}

function cards(random: Random): PlantedValue[] {
  const groups = (digits: string, gap: string) => digits.replace(/(\d{4})(?=\d)/g, `$1${gap}`);
  const of = (digits: string, text: string): PlantedValue => ({
    kind: 'card',
    text,
    secret: digits.slice(0, 12),
    number: Number(digits),
  });
  const [visa, master, mir, amex] = [
    withLuhn('4', 16, random),
    withLuhn(`5${1 + random.int(5)}`, 16, random),
    withLuhn('2200', 16, random),
    withLuhn('37', 15, random),
  ];
  return [
    of(visa, visa),
    of(master, groups(master, ' ')),
    of(mir, groups(mir, '-')),
    {
      kind: 'card',
      text: `${amex.slice(0, 4)} ${amex.slice(4, 10)} ${amex.slice(10)}`,
      secret: amex.slice(0, 11),
      number: Number(amex),
    },
  ];
}

function phones(random: Random): PlantedValue[] {
  const code = random.pick(['903', '906', '916', '925', '926', '977', '985']);
  const [a, b, c] = [random.digits(3), random.digits(2), random.digits(2)];
  const of = (text: string, digits: string): PlantedValue => ({ kind: 'phone', text, secret: digits });
  const last = random.digits(4);
  return [
    of(`+7 ${code} ${a}-${b}-${c}`, code + a + b + c),
    of(`8 (${code}) ${a}-${b}-${c}`, code + a + b + c),
    { ...of(`7${code}${a}${b}${c}`, code + a + b + c), number: Number(`7${code}${a}${b}${c}`) },
    of(`+1 ${random.pick(['212', '415', '646'])}-555-${last}`, `555${last}`),
    of(`(${random.pick(['212', '415', '646'])}) 555-${last}`, `555${last}`),
    german(random),
    of(`тел. ${2 + random.int(7)}${random.digits(2)}-${b}-${c}`, `-${b}-${c}`),
  ];
}

function german(random: Random): PlantedValue {
  const number = `${2 + random.int(7)}${random.digits(6)}`;
  return { kind: 'phone', text: `+49 30 ${number}`, secret: number };
}

function mail(random: Random): PlantedValue[] {
  const name = `${random.pick(['ivan', 'olga', 'petr', 'anna'])}.${random.pick(['sidorov', 'smith', 'ivanova'])}${random.digits(2)}`;
  const cyrillic = `${random.pick(['иван', 'ольга', 'пётр'])}${random.digits(2)}`;
  return [
    { kind: 'email', text: `${name}@example.com`, secret: name },
    { kind: 'email', text: `${name}+shop@mail.example.co.uk`, secret: name },
    { kind: 'email', text: `${cyrillic}@почта.рф`, secret: cyrillic },
  ];
}

function documents(random: Random): PlantedValue[] {
  const series = `${random.pick(['45', '40', '46', '77'])}${random.pick(['04', '09', '12', '18', '21'])}`;
  const passport = random.digits(6);
  const inn = personInn(`77${random.digits(8)}`);
  const company = `77${random.digits(8)}`;
  const snils = `${1 + random.int(9)}${random.digits(8)}`;
  const ibanNumber = `37040044${random.digits(10)}`;
  return [
    { kind: 'passport', text: `${series} ${passport}`, secret: passport },
    { kind: 'passport', text: `паспорт ${series}${passport}`, secret: series + passport },
    { kind: 'tax_number', text: `ИНН ${company}`, secret: company },
    { kind: 'tax_number', text: `ИНН: ${inn}`, secret: inn },
    {
      kind: 'tax_number',
      text: `${snils.slice(0, 3)}-${snils.slice(3, 6)}-${snils.slice(6)} ${snilsCheck(snils)}`,
      secret: `${snils.slice(0, 3)}-${snils.slice(3, 6)}`,
    },
    { kind: 'bank', text: germanIban(ibanNumber), secret: ibanNumber.slice(0, 10) },
  ];
}

function personInn(head: string): string {
  const digit = (digits: string, weights: readonly number[]) =>
    (weights.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0) % 11) % 10;
  const eleventh = digit(head, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]);
  return `${head}${eleventh}${digit(`${head}${eleventh}`, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8])}`;
}

function snilsCheck(nine: string): string {
  const sum = [...nine].reduce((total, digit, i) => total + Number(digit) * (9 - i), 0);
  return String((sum % 101) % 100).padStart(2, '0');
}

function germanIban(account: string): string {
  const remainder = BigInt(`${account}131400`) % 97n;
  return `DE${String(98n - remainder).padStart(2, '0')}${account}`.replace(/(.{4})(?=.)/g, '$1 ');
}

function addresses(random: Random): PlantedValue[] {
  const street = random.pick(['Ленина', 'Пушкина', 'Гагарина', 'Мира']);
  const [house, flat] = [1 + random.int(90), 1 + random.int(200)];
  const english = random.pick(['Baker', 'Oxford', 'Maple', 'Park']);
  return [
    {
      kind: 'address',
      text: `г. ${random.pick(['Москва', 'Казань', 'Пермь'])}, ул. ${street}, д. ${house}, кв. ${flat}`,
      secret: street,
    },
    { kind: 'address', text: `${house} ${english} Street, London`, secret: `${english} Street` },
  ];
}

function secrets(random: Random): PlantedValue[] {
  const letters = (count: number) =>
    Array.from({ length: count }, () =>
      random.pick([...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789']),
    ).join('');
  const capitals = Array.from({ length: 16 }, () => random.pick([...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'])).join('');
  const [payload, token, password] = [letters(24), `${letters(20)}7`, `${letters(8)}9`];
  return [
    { kind: 'token', text: `eyJhbGciOiJIUzI1NiJ9.eyJ${payload}.${letters(30)}`, secret: payload },
    { kind: 'token', text: `Bearer ${token}`, secret: token },
    { kind: 'token', text: `AKIA${capitals}`, secret: capitals },
    { kind: 'token', text: `ghp_${letters(36)}`, secret: 'ghp_' },
    { kind: 'url_credentials', text: `postgres://shop:${password}@db.example.com:5432/shop`, secret: password },
    { kind: 'password', text: `password=${password}`, secret: password },
  ];
}
