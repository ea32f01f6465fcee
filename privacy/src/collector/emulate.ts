import type { Policy } from '../schema.js';
import { beforeDecoding, form, formSpaces, narrowing, queryValues, unescaping } from './normalise.js';
import type { Rule } from './rule.js';
import { maskingRules } from './rules.js';

/** What a rule of the collector did to a text. */
export interface Applied {
  readonly rule: string;
  readonly times: number;
}

/**
 * What the generated rules make of a record's JSON, by the same expressions in the same order, run here instead of in Go.
 * Close, not the same: it shows the one who tunes the policy what to expect; the tests run the collector itself.
 */
export function collectorRules(policy: Policy, json: string): { json: string; applied: Applied[] } {
  const applied: Applied[] = [];
  let text = replaced(json, queryValues()).text;
  if (new RegExp(form, 'u').test(json)) for (const rule of formSpaces()) text = replaced(text, rule).text;
  if (encoded.test(json)) {
    for (const rule of beforeDecoding()) text = replaced(text, rule).text;
    text = decoded(text);
  }
  for (const rule of [...unescaping(), ...narrowing()]) text = replaced(text, rule).text;
  for (const rule of maskingRules(policy)) {
    // What is shown is what becomes of a record without the mark.
    if (rule.when === 'known') continue;
    const { text: next, times } = replaced(text, rule);
    if (rule.replacement.includes('****') && next !== text) applied.push({ rule: rule.name, times });
    text = next;
  }
  return { json: text, applied };
}

const encoded = /%[0-9A-Fa-f]{2}/;

/** What is no UTF-8 stays as it is, as in the collector. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function replaced(text: string, rule: Rule): { text: string; times: number } {
  let times = 0;
  const next = text.replace(inJavaScript(rule), (...match) => {
    times++;
    return rule.replacement.replace(/<(\d)>/g, (_, group: string) => String(match[Number(group)] ?? ''));
  });
  return { text: next, times };
}

/** RE2 as JavaScript reads it: the same but for how single code points are written, and identity escapes. */
function inJavaScript({ pattern }: Rule): RegExp {
  const translated = pattern
    .replace(/\\x\{/g, '\\u{')
    .replace(/\\(.)/g, (whole, sign: string) => (/["'%&]/.test(sign) ? sign : whole));
  return new RegExp(translated.replace(/(?<!\\)-\]/g, '\\-]'), 'gu');
}
