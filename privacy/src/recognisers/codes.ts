import { iban } from '../checksums.js';
import type { CompiledKind, Finding } from '../compiled.js';
import { standsAlone } from './digit-runs.js';

/** Countries and the lengths of their IBANs (ISO 13616 registry, SWIFT). */
const registry =
  'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30';
/** The length of an IBAN by country. */
export const ibanLengths: ReadonlyMap<string, number> = new Map(
  [...registry.matchAll(/([A-Z]{2})(\d\d)/g)].map(([, country = '', length]) => [country, Number(length)]),
);
const ibanCandidate = /(?<![\p{L}\p{N}])[A-Za-z]{2}\d{2}(?=[ \u00a0-]?[A-Za-z0-9])/gu;

/** IBANs: country, its length and mod 97; in groups of four or without spaces. */
export function findIbans(text: string, kind: CompiledKind): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(ibanCandidate)) {
    const length = ibanLengths.get(match[0].slice(0, 2).toUpperCase());
    if (length === undefined) continue;
    const end = endAfter(text, match.index, length);
    if (end === undefined || !iban(text.slice(match.index, end))) continue;
    findings.push({ start: match.index, end, kind, rule: 'checksum' });
  }
  return findings;
}

/** Where `length` letters and digits with single spaces or dashes between end, if nothing goes on after them. */
function endAfter(text: string, start: number, length: number): number | undefined {
  let found = 0;
  for (let at = start; at < text.length && at < start + 2 * length; at++) {
    if (/[A-Za-z0-9]/.test(text[at] ?? '')) {
      if (++found === length) return standsAlone(text, start, at + 1) ? at + 1 : undefined;
    } else if (!/[ \u00a0-]/.test(text[at] ?? '') || !/[A-Za-z0-9]/.test(text[at - 1] ?? '')) return undefined;
  }
  return undefined;
}

const upperCode = /(?<![\p{L}\p{N}_.-])(?=[A-Z0-9]{9,16}(?![\p{L}\p{N}_]))[A-Z0-9]{9,16}/gu;
const panNumber = /^[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z]$/;
const fiscalCode = /^[A-Z]{6}\d{2}[ABCDEHLMPRST]\d{2}[A-Z]\d{3}[A-Z]$/;
const insurance = /^(?!BG|GB|NK|KN|TN|NT|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z]\d{6}[A-D]$/;
const groupedInsurance =
  /(?<![\p{L}\p{N}])(?!BG|GB|NK|KN|TN|NT|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z] ?\d{2} \d{2} \d{2} ?[A-D](?![\p{L}\p{N}])/gu;
const spanish = /(?<![\p{L}\p{N}])([XYZ]-?\d{7}|\d{8})-?([A-Z])(?![\p{L}\p{N}])/gu;

/** National numbers with letters: India PAN, Italy codice fiscale, United Kingdom NINO, Spain NIF and NIE (checked). */
export function findNationalCodes(text: string, kind: CompiledKind): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(upperCode)) {
    if (panNumber.test(match[0]) || fiscalCode.test(match[0]) || insurance.test(match[0])) {
      findings.push({ start: match.index, end: match.index + match[0].length, kind, rule: 'written form' });
    }
  }
  for (const match of text.matchAll(groupedInsurance)) {
    findings.push({ start: match.index, end: match.index + match[0].length, kind, rule: 'written form' });
  }
  for (const match of text.matchAll(spanish)) {
    const digits = (match[1] ?? '').replace('-', '').replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
    if ('TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits) % 23] !== match[2]) continue;
    findings.push({ start: match.index, end: match.index + match[0].length, kind, rule: 'checksum' });
  }
  return findings;
}

const authScheme =
  /(?<![\p{L}\p{N}])(bearer|basic|digest|negotiate|token)[ \t]{1,3}(?:["'])?([0-9A-Za-z._~+/=-]{8,1000})/giu;

/** The field behind one whose value is a scheme's name: token_type=bearer expires_in=3600. */
const otherField = /^[A-Za-z_]{2,20}=[^=]/;

/** What follows Bearer, Basic and their like in a header, when it looks like a credential rather than a word. */
export function findAuthSchemes(text: string, kind: CompiledKind): Finding[] {
  const findings: Finding[] = [];
  authScheme.lastIndex = 0;
  for (let match = authScheme.exec(text); match; match = authScheme.exec(text)) {
    const credential = match[2] ?? '';
    if (!/\d|=|[a-z][A-Z]|[A-Z][a-z]?[A-Z]/.test(credential) || otherField.test(credential)) continue;
    const start = authScheme.lastIndex - credential.length;
    const end = endOfWord(text, authScheme.lastIndex);
    findings.push({ start, end, kind, rule: 'prefix' });
    authScheme.lastIndex = end;
  }
  return findings;
}

const wordEnd = /[\s"'<>,;&()[\]{}|\\]/g;

/** Where the word around this place ends: at a space, a quote, a bracket or a separator. */
export function endOfWord(text: string, from: number): number {
  wordEnd.lastIndex = from;
  return wordEnd.exec(text)?.index ?? text.length;
}
