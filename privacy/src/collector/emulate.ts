import type { Policy } from '../schema.js';
import type { Rule } from './rule.js';
import { rulesOf } from './rules.js';

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
  let text = json;
  const applied: Applied[] = [];
  for (const rule of rulesOf(policy)) {
    const find = inJavaScript(rule);
    let times = 0;
    const next = text.replace(find, (...match) => {
      times++;
      return rule.replacement.replace(/<(\d)>/g, (_, group: string) => String(match[Number(group)] ?? ''));
    });
    if (rule.replacement.includes('****') && next !== text) applied.push({ rule: rule.name, times });
    text = next;
  }
  return { json: text, applied };
}

/** RE2 as JavaScript reads it: the same but for how single code points are written, and identity escapes. */
function inJavaScript({ pattern }: Rule): RegExp {
  const translated = pattern.replace(/\\x\{/g, '\\u{').replace(/\\(["'%&])/g, '$1');
  return new RegExp(translated.replace(/(?<!\\)-\]/g, '\\-]'), 'gu');
}
