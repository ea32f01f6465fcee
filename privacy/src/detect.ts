import { checksums } from './checksums.js';
import { findInCommands } from './commands.js';
import { type CompiledForm, type CompiledKind, compileContext, compileKinds, type Finding } from './compiled.js';
import { findInCsv } from './csv.js';
import { findInEntries } from './entries.js';
import { KeyRules } from './key-rules.js';
import { findByLabel } from './labels.js';
import { lazy } from './lazy.js';
import { findInMultipart } from './multipart.js';
import { findByOption } from './options.js';
import { withPlainSigns } from './plain-signs.js';
import { findInRawHeaders } from './raw-headers.js';
import { isSentence, programWordIn } from './recognisers/address.js';
import { cardRecogniser } from './recognisers/card.js';
import { endOfWord, findAuthSchemes, findIbans, findNationalCodes } from './recognisers/codes.js';
import { type ContextWords, findByContext, hasContext, neutralBefore } from './recognisers/context.js';
import { digitRuns, type Run } from './recognisers/digit-runs.js';
import {
  recogniseAccount,
  recogniseInn,
  recogniseNationalNumber,
  recognisePassport,
  recogniseSnils,
} from './recognisers/documents.js';
import { findEmails, findUrlCredentials } from './recognisers/email.js';
import type { NumberMatch } from './recognisers/number-match.js';
import { type PhoneLibrary, phoneRecogniser } from './recognisers/phone.js';
import { isReplaced } from './replace.js';
import type { Policy, RecogniserName } from './schema.js';
import type { Shadow } from './shadow.js';
import { findSqlStrings } from './sql.js';

/** What finds personal data in one text, by its shadow. */
export interface Detector {
  readonly keys: KeyRules;
  find(shadow: Shadow): Finding[];
}

type NumberRecogniser = (text: string, runs: readonly Run[], at: number) => NumberMatch | undefined;
type TextRecogniser = (text: string, kind: CompiledKind) => Finding[];

const textRecognisers: readonly [RecogniserName, TextRecogniser][] = [
  ['url_credentials', findUrlCredentials],
  ['email', findEmails],
  ['iban', findIbans],
  ['national_id', findNationalCodes],
  ['auth_scheme', findAuthSchemes],
];

const sqlLiteral: CompiledKind = {
  name: 'sql_literal',
  recognise: new Set(),
  forms: [],
  minDigits: 0,
  maxDigits: 0,
  keep: 'nothing',
  hashed: false,
};

export function compileDetector(policy: Policy, loadPhones: () => PhoneLibrary): Detector {
  const kinds = compileKinds(policy);
  const keys = new KeyRules(policy, kinds);
  const context = compileContext(policy, kinds);
  const neutral = lazy(() => neutralBefore(policy.neutral));
  const byRecogniser = (name: RecogniserName) => [...kinds.values()].find((kind) => kind.recognise.has(name));
  const inText = textRecognisers.flatMap(([name, find]) => {
    const kind = byRecogniser(name);
    return kind ? [{ kind, find }] : [];
  });
  const card = byRecogniser('card');
  const numberRecognisers: [RecogniserName, NumberRecogniser][] = [
    ['card', cardRecogniser(card && { ...policy.kinds, ...policy.own }[card.name]?.prefixes, neutral)],
    ['phone', phoneRecogniser(policy.countries, loadPhones, neutral)],
    ['snils', recogniseSnils],
    ['passport', recognisePassport],
    ['inn', recogniseInn],
    ['bank_account', recogniseAccount],
    ['national_id', recogniseNationalNumber],
  ];
  const inNumbers = numberRecognisers.flatMap(([name, recognise]) => {
    const kind = byRecogniser(name);
    return kind ? [{ kind, recognise }] : [];
  });
  const withForms = [...kinds.values()].filter((kind) => kind.forms.length > 0);

  return {
    keys,
    find(given) {
      const shadow = withPlainSigns(given);
      const { text } = shadow;
      const findings = [
        ...findByLabel(shadow, keys, policy.mask),
        ...findByOption(text, keys),
        ...findInCommands(text, keys),
        ...findInMultipart(text, keys),
        ...findInEntries(text, keys, policy.mask),
        ...findInCsv(text, keys, policy.mask),
        ...findInRawHeaders(text, keys, policy.mask),
        ...findSqlStrings(text, sqlLiteral),
      ];
      for (const { kind, find } of inText) findings.push(...find(text, kind));
      findings.push(
        ...findForms(text, withForms, context),
        ...findNumbers(text, inNumbers),
        ...findByContext(text, context, neutral),
      );
      // Signs of the mask may be those of a form: -@example.com.
      return findings.filter(({ start, end }) => !isReplaced(text.slice(start, end), policy.mask));
    },
  };
}

function findForms(text: string, kinds: readonly CompiledKind[], context: ContextWords): Finding[] {
  const findings: Finding[] = [];
  for (const kind of kinds) {
    for (const form of kind.forms) {
      if (!form.hints.some((hint) => text.includes(hint))) continue;
      const matches = matchesOf(text, kind, form);
      findings.push(...(form.contextOnly ? matches.filter((match) => hasContext(text, match, context)) : matches));
    }
  }
  return findings;
}

function matchesOf(text: string, kind: CompiledKind, form: CompiledForm): Finding[] {
  const { checksum, extend } = form;
  const find = form.find();
  const findings: Finding[] = [];
  find.lastIndex = 0;
  for (let match = find.exec(text); match; match = find.exec(text)) {
    if (checksum && !checksums[checksum](match[0])) continue;
    let end = extend === 'text' ? text.length : extend === 'word' ? endOfWord(text, find.lastIndex) : find.lastIndex;
    const program = kind.name === 'address' ? programWordIn(match[0]) : -1;
    if (program >= 0) {
      // What stands before the word may be a street by itself: 742 Evergreen Terrace, Springfield HTTP/1.1.
      const street = streetIn(find, match[0].slice(0, program));
      if (street === 0) {
        // A street may begin inside of it; forms are bounded, so that to begin again costs no more than a factor.
        find.lastIndex = match.index + 1;
        continue;
      }
      end = match.index + street;
    }
    if (kind.name === 'address' && isSentence(text, match.index, end)) continue;
    findings.push({ start: match.index, end, kind, rule: checksum ? 'form and checksum' : 'written form' });
    find.lastIndex = end;
  }
  return findings;
}

/** The length of the street that a text begins with. */
function streetIn(find: RegExp, text: string): number {
  find.lastIndex = 0;
  const match = find.exec(text);
  return match?.index === 0 ? match[0].length : 0;
}

function findNumbers(
  text: string,
  recognisers: readonly { kind: CompiledKind; recognise: NumberRecogniser }[],
): Finding[] {
  const findings: Finding[] = [];
  const runs = digitRuns(text);
  for (let at = 0; at < runs.length; at++) {
    for (const { kind, recognise } of recognisers) {
      const match = recognise(text, runs, at);
      if (!match) continue;
      findings.push({ start: match.start, end: match.end, kind, rule: match.rule });
      at += match.runs - 1;
      break;
    }
  }
  return findings;
}
