import type { Random } from './random.js';

/** Texts that look like something personal and aren't: bare numbers without a kind's form, prefix, checksum or context word. */
export function lookAlikes(random: Random): string[] {
  const hex = (count: number) => Array.from({ length: count }, () => random.pick([...'0123456789abcdef'])).join('');
  const uuid = `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
  const order = `ORD-${Array.from({ length: 10 }, () => random.pick([...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'])).join('')}`;
  const seconds = 1_700_000_000 + random.int(100_000_000);
  return [
    order,
    `order ${order} created`,
    `${1_000_000_000 + random.int(1_000_000_000)}`,
    String(seconds),
    `${seconds}${random.digits(3)}`,
    `${seconds}${random.digits(9)}`,
    `0.${random.digits(16)}`,
    `price ${random.int(900_000)}.${random.digits(2)} RUB`,
    `model of ${5_000 + random.int(195_000)} triangles, ${random.int(9_999)}.${random.digits(6)} mm3`,
    `took ${random.int(10_000)} ms`,
    new Date(seconds * 1000).toISOString(),
    new Date(seconds * 1000).toISOString().replace('T', ' ').replace('Z', ''),
    uuid,
    `/files/${uuid}`,
    hex(32),
    hex(16),
    `10.${random.int(255)}.${random.int(255)}.${random.int(255)}:${1024 + random.int(60_000)}`,
    `release 2.${random.int(99)}.${random.int(99)} build ${random.digits(6)}`,
    `blk_${random.pick(['', '-'])}3${random.digits(17)}`,
    `at Object.<anonymous> (/app/node_modules/pg/lib/client.js:${random.int(900)}:${random.int(90)})`,
    `rabbit@node${random.int(9)} runs winston@3.${random.int(20)}.0`,
    `rows ${random.int(10_000_000)} of ${random.int(10_000_000)}`,
    'password changed, a token will be sent',
    'basic authentication failed for the operator',
  ];
}
