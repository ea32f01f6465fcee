import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Redactor } from '@hallmark/privacy';
import { cached, type OnProgress } from '@hallmark/stack';
import type { Sample } from './material.js';

export type Found = readonly { kind: string; start: number; end: number }[];

export interface Score {
  readonly kind: string;
  readonly values: number;
  readonly recall: number;
  readonly precision: number;
}

/** Presidio and its version; it is installed into the project's cache. */
export const presidioVersion = '2.2.366';
const script = resolve(import.meta.dirname, '../../presidio.py');

/** Card patterns of the redaction processor's README. */
const readmePatterns = [/4[0-9]{12}(?:[0-9]{3})?/g, /5[1-5][0-9]{14}/g];

export function ours(redactor: Redactor, samples: readonly Sample[]): Found[] {
  return samples.map(({ text }) => redactor.explain(text).map(({ kind, start, end }) => ({ kind, start, end })));
}

export function byReadme(samples: readonly Sample[]): Found[] {
  return samples.map(({ text }) =>
    readmePatterns.flatMap((pattern) =>
      [...text.matchAll(pattern)].map((match) => ({
        kind: 'card',
        start: match.index,
        end: match.index + match[0].length,
      })),
    ),
  );
}

/** What Presidio's pattern recognisers find. Throws, saying what is missing, when there is no Python or it can't be installed. */
export async function byPresidio(samples: readonly Sample[], onProgress: OnProgress): Promise<Found[]> {
  const folder = await cached(`bench-presidio-${presidioVersion}`, { env: process.env, onProgress }, async (target) => {
    onProgress(`installing presidio-analyzer ${presidioVersion} into the cache`);
    await finished('python3', ['-m', 'venv', target]);
    await finished(`${target}/bin/python`, [
      '-m',
      'pip',
      'install',
      '--quiet',
      `presidio-analyzer==${presidioVersion}`,
    ]);
  });
  const child = spawn(`${folder}/bin/python`, [script], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.end(samples.map(({ text }) => `${JSON.stringify(text)}\n`).join(''));
  const found: Found[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    found.push((JSON.parse(line) as [string, number, number][]).map(([kind, start, end]) => ({ kind, start, end })));
  }
  if (found.length !== samples.length) throw new Error(`Presidio answered ${found.length} of ${samples.length} lines`);
  return found;
}

/** What masks a value of any kind: every literal of SQL goes. */
const anyKind = 'sql_literal';

/** Recall and precision of a kind: a value is found when a finding of its kind covers any of it; a finding with no value is wrong. */
export function score(kind: string, samples: readonly Sample[], found: readonly Found[]): Score {
  const tally = { values: 0, hit: 0, right: 0, findings: 0 };
  samples.forEach(({ personal }, i) => {
    const wanted = personal.filter((value) => value.kind === kind);
    const masking = (found[i] ?? []).filter((finding) => finding.kind === kind || finding.kind === anyKind);
    const findings = masking.filter((finding) => finding.kind === kind);
    const touches = (a: { start: number; end: number }, b: { start: number; end: number }) =>
      a.start < b.end && b.start < a.end;
    tally.values += wanted.length;
    tally.hit += wanted.filter((value) => masking.some((finding) => touches(value, finding))).length;
    tally.findings += findings.length;
    tally.right += findings.filter((finding) => wanted.some((value) => touches(value, finding))).length;
  });
  return {
    kind,
    values: tally.values,
    recall: tally.values === 0 ? Number.NaN : tally.hit / tally.values,
    precision: tally.findings === 0 ? Number.NaN : tally.right / tally.findings,
  };
}

function finished(command: string, args: readonly string[]): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-500)));
    child.on('error', () => fail(new Error(`'${command}' is missing: install Python 3 with venv`)));
    child.on('close', (code) =>
      code === 0 ? done() : fail(new Error(`${command} ended with ${code}: ${said.trim()}`)),
    );
  });
}
