import type { Random } from '../random.js';
import type { PlantedValue } from '../values.js';

type Row = readonly [text: string, secret: string];

/**
 * A third set of values, apart from both others: numbers that regulators keep for films and providers for tests, examples of the
 * IBAN registry and of the tax authorities, and written forms that neither of the others has. The random parts are new with each seed.
 */
export function thirdValues(random: Random): PlantedValue[] {
  const two = () => random.digits(2);
  const three = () => random.digits(3);
  const letters = (count: number) =>
    Array.from({ length: count }, () =>
      random.pick([...'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789']),
    ).join('');

  const from = (make: (secret: string) => string, secret: string): Row => [make(secret), secret];
  const rows: Readonly<Record<string, readonly Row[]>> = {
    card: [
      ['4166676667666746', '416667666766'],
      ['5577 0000 5577 0004', '5577 0000'],
      ['4917-6100-0000-0000', '4917-6100'],
      ['3714 496353 98431', '3714 496353'],
      ['6250947000000014', '625094700000'],
      ['3530111333300000', '353011133330'],
      ['2202 2011 1222 3337', '2202 2011'],
      ['card no. 5454 5454 5454 5454', '5454 5454 5454'],
      ['оплата картой 4462030000000000', '446203000000'],
      ['PAN: 4035501000000008', '403550100000'],
    ],
    phone: [
      from((n) => `020 ${n}`, `7946 0${three()}`),
      from((n) => `07700 ${n}`, `900${three()}`),
      from((n) => `+44 161 ${n}`, `496 0${three()}`),
      from((n) => `06 39 ${n}`, `98 ${two()} ${two()}`),
      from((n) => `+33 (0)1 99 ${n}`, `00 ${two()} ${two()}`),
      from((n) => `+49 30 ${n}`, `23125 ${three()}`),
      from((n) => `+34 612 ${n}`, `${two()} ${two()} ${two()}`),
      from((n) => `+39 312 ${n}`, `${three()} ${random.digits(4)}`),
      from((n) => `+48 512 ${n}`, `${three()} ${three()}`),
      from((n) => `(800) ${n}`, `555-01${two()}`),
      from((n) => `1-303-${n}`, `499-71${two()}`),
      from((n) => `+1.202.${n}`, `555.01${two()}`),
      from((n) => `+7 (901) ${n}`, `${three()}-${two()}-${two()}`),
      from((n) => `8 (343) ${n}`, `${three()}-${two()}-${two()}`),
      from((n) => `8-967-${n}`, `${three()}-${two()}-${two()}`),
      from((n) => `8 999 ${n}`, `${three()} ${two()} ${two()}`),
      from((n) => `+7 705 ${n}`, `${three()} ${random.digits(4)}`),
      from((n) => `+375 (33) ${n}`, `${three()}-${two()}-${two()}`),
      from((n) => `+91-98${n}`, random.digits(8)),
      from((n) => `позвоните: 2${n}`, `${two()}-${two()}-${two()}`),
      from((n) => `SMS to 79${n} sent`, random.digits(9)),
      from((n) => `fax: 030 ${n}`, random.digits(6)),
      from((n) => `моб.тел. 903${n}`, random.digits(7)),
    ],
    email: [
      from((n) => `${n}@sub.example.org`, `john.doe+${letters(4)}`),
      from((n) => `<${n}@example.co.jp>`, `k_sato${two()}`),
      from((n) => `"${n}@correo.example.es"`, `maria-jose${two()}`),
      from((n) => `${n}@xn--e1afmkfd.xn--p1ai`, `vera${two()}`),
      from((n) => `${n}@сайт.рф`, `вера${two()}`),
      from((n) => `cc:${n}@mail.example`, `a.b.c${two()}`),
    ],
    bank: [
      ['LU28 0019 4006 4475 0000', '0019 4006'],
      ['HR1210010051863000160', '100100518630'],
      ['GE29NB0000000101904917', 'NB00000001019'],
      ['SA03 8000 0000 6080 1016 7519', '8000 0000 6080'],
      ['IL620108000000099999999', '010800000009999'],
      ['EE382200221020145685', '220022102014'],
      ['LV80BANK0000435195001', 'BANK000043519'],
      ['HU42 1177 3016 1111 1018 0000 0000', '1177 3016 1111'],
      ['RO49AAAA1B31007593840000', 'AAAA1B31007593'],
      ['GR1601101250000000012300695', '0110125000000001'],
      ['MC5811222000010123456789030', '112220000101234'],
      ['RS35260005601001611379', '260005601001'],
      from((n) => `лицевой счёт 42301810${n}`, random.digits(12)),
    ],
    passport: [
      from((n) => `46 12 ${n}`, random.digits(6)),
      from((n) => `паспорт серия 4612 № ${n}`, random.digits(6)),
      from((n) => `passport number: ${n}`, random.digits(9)),
      from((n) => `Passport ${n}`, `C01X${random.digits(5)}`),
    ],
    tax_number: [
      ['ИНН 7736050003', '7736050003'],
      ['инн=500100732259', '500100732259'],
      ['СНИЛС 087-654-303 00', '087-654-303'],
      ['087-654-303 00', '087-654-303'],
      ['SSN: 078-05-1120', '078-05-1120'],
      ['ITIN 912-70-1234', '912-70-1234'],
      ['NINO JG103759A', 'JG103759A'],
      ['JG 10 37 59 A', '10 37 59'],
      ['PESEL: 02070803628', '02070803628'],
      ['DNI 99999999R', '99999999R'],
      ['Y1234567X', 'Y1234567'],
      ['MRTMTT91D08F205J', 'MRTMTT91D08F205J'],
      ['AAAPL1234C', 'AAAPL1234C'],
      ['aadhaar 4991 1866 5246', '4991 1866'],
    ],
    address: [
      ['ул. Льва Толстого, 16', 'Толстого'],
      ['г. Казань, пр-кт Победы, д. 141, кв. 7', 'Победы'],
      ['620014, г. Екатеринбург, ул. Малышева, д. 51, оф. 12', 'Малышева'],
      ['Литейный проспект, 24', 'Литейный'],
      ['742 Evergreen Terrace, Springfield', 'Evergreen'],
      ['4059 Mt Lee Drive, Los Angeles, CA 90068', 'Mt Lee'],
      ['17 Abbey Road, London NW8 9AY', 'Abbey'],
      ['Lindenallee 5, 50968 Köln', 'Lindenallee'],
      ['8 rue Victor Hugo, 69002 Lyon', 'Victor Hugo'],
      ['Via Garibaldi 22, 16124 Genova', 'Garibaldi'],
    ],
    birth_date: [
      from((n) => `родилась ${n}`, `1${random.int(10)}.0${1 + random.int(8)}.198${random.int(10)}`),
      from((n) => `date of birth: ${n}`, `199${random.int(10)}-0${1 + random.int(8)}-1${random.int(10)}`),
    ],
    token: [
      from((n) => `eyJ0eXAiOiJKV1QifQ.eyJ${n}`, `${letters(12)}.${letters(20)}`),
      from((n) => `ghs_${n}`, `${letters(35)}7`),
      // Put together here, so that no scanner takes this file for a leak.
      from((n) => `xoxp${'-'}2340123-${n}`, letters(24)),
      from((n) => `pk_live${'_'}${n}`, letters(24)),
      from((n) => `glpat-${n}`, letters(20)),
      from((n) => `sk-proj-${n}`, letters(40)),
      from((n) => `hvs.${n}`, letters(24)),
      from((n) => `Authorization: Bearer ${n}`, `${letters(30)}5`),
      from((n) => `x-api-key=${n}`, letters(16)),
      from((n) => `refresh_token: ${n}`, letters(22)),
    ],
    password: [
      from((n) => `MYSQL_PASSWORD=${n}`, letters(10)),
      from((n) => `pwd: ${n}`, letters(9)),
      from((n) => `passphrase="${n}"`, letters(12)),
      from((n) => `пароль=${n}`, letters(8)),
      from((n) => `код из смс: ${n}`, random.digits(5)),
      from((n) => `verification code ${n}`, random.digits(6)),
    ],
    name: [
      ['lastName: Komarova', 'Komarova'],
      ['получатель: Комарова Вера', 'Комарова'],
      ['cardholder=VERA KOMAROVA', 'KOMAROVA'],
    ],
    url_credentials: [
      from((n) => `mysql://root:${n}@db:3306/shop`, letters(9)),
      from((n) => `sftp://deploy:${n}@files.example.net`, letters(11)),
    ],
  };
  return Object.entries(rows).flatMap(([kind, list]) => list.map(([text, secret]) => ({ kind, text, secret })));
}
