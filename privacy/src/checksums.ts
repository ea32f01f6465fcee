import type { ChecksumName } from './schema.js';

/** Luhn (ISO/IEC 7812-1) over a string of digits. */
export function luhn(digits: string): boolean {
  let sum = 0;
  let double = false;
  for (let i = digits.length - 1; i >= 0; i--) {
    let digit = digits.charCodeAt(i) - 48;
    if (double) digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
    sum += digit;
    double = !double;
  }
  return sum % 10 === 0;
}

/** The check digit of an article number of 13 digits (GS1 General Specifications, 7.9). */
export function ean13(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) sum += digitAt(digits, i) * (i % 2 === 0 ? 1 : 3);
  return digits.length === 13 && sum % 10 === 0;
}

/** ISO 13616: letters as numbers, the first four signs moved to the end, mod 97 is 1. */
export function iban(text: string): boolean {
  const bare = text.replace(/[^0-9A-Za-z]/g, '').toUpperCase();
  let remainder = 0;
  for (const sign of bare.slice(4) + bare.slice(0, 4)) {
    const code = sign.charCodeAt(0);
    remainder = code > 64 ? (remainder * 100 + code - 55) % 97 : (remainder * 10 + code - 48) % 97;
  }
  return remainder === 1;
}

const innWeights = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/** Russian tax number: 10 digits (organisations, one check digit) or 12 (people, two). */
export function inn(digits: string): boolean {
  const checkDigit = (length: number) => {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += digitAt(digits, i) * (innWeights[i + 11 - length] ?? 0);
    return (sum % 11) % 10;
  };
  if (digits.length === 10) return checkDigit(9) === digitAt(digits, 9);
  return digits.length === 12 && checkDigit(10) === digitAt(digits, 10) && checkDigit(11) === digitAt(digits, 11);
}

/** Russian pension insurance number: 9 digits and two check digits. */
export function snils(digits: string): boolean {
  if (digits.length !== 11 || digits.startsWith('000')) return false;
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += digitAt(digits, i) * (9 - i);
  return (sum % 101) % 100 === Number(digits.slice(9));
}

const dihedral = '0123456789123406789523401789563401289567401239567859876043216598710432765982104387659321049876543210';
const permutations = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

/** Verhoeff's checksum, which Indian Aadhaar numbers carry. */
export function verhoeff(digits: string): boolean {
  let check = 0;
  for (let i = 0; i < digits.length; i++) {
    const permuted = digitAt(permutations[i % 8] ?? '', digitAt(digits, digits.length - 1 - i));
    check = digitAt(dihedral, check * 10 + permuted);
  }
  return check === 0;
}

export const checksums: Record<ChecksumName, (text: string) => boolean> = {
  luhn: (text) => luhn(text.replace(/\D/g, '')),
  inn: (text) => inn(text.replace(/\D/g, '')),
  snils: (text) => snils(text.replace(/\D/g, '')),
  verhoeff: (text) => verhoeff(text.replace(/\D/g, '')),
  iban,
};

function digitAt(digits: string, index: number): number {
  return digits.charCodeAt(index) - 48;
}
