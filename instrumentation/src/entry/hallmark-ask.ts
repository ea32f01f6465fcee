#!/usr/bin/env node
/** `hallmark-ask`: writes the file that HALLMARK_LIVE_FILE names, by which running services are asked for more. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { type AskedField, type AskedValues, askedFields, wrongTogether, wrongValue } from '../live/ask.js';

const usage = `Usage: hallmark-ask --for <time> [--level <level>] [--logger <name>] [--sampling <ratio>]
       hallmark-ask --stop
       hallmark-ask --show

Asks the running services that watch this file for more, without a restart. They go back by themselves.

  --for <time>        how long: 30s, 10m, 2h; 24h at most
  --level <level>     send the lines of this winston level too: debug, verbose, info …
  --logger <name>     only lines that carry this label, service or name
  --sampling <ratio>  the share of the traces that begin in the service, 0 to 1
  --file <path>       the file; default: what HALLMARK_LIVE_FILE says
  --stop              removes the file: the services go back at once
  --show              prints the file

  hallmark-ask --level debug --logger orders --for 10m
`;

class Refusal extends Error {}

try {
  main();
} catch (error) {
  const { message, code } = error as NodeJS.ErrnoException;
  const isExpected = error instanceof Refusal || code !== undefined;
  process.stderr.write(`hallmark-ask: ${isExpected ? message : String(error)}\n`);
  process.exitCode = 2;
}

function main(): void {
  const { values } = parseArgs({
    options: {
      for: { type: 'string' },
      level: { type: 'string' },
      logger: { type: 'string' },
      sampling: { type: 'string' },
      file: { type: 'string' },
      stop: { type: 'boolean' },
      show: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const file = values.file ?? process.env.HALLMARK_LIVE_FILE;
  if (!file)
    throw new Refusal('which file? Set HALLMARK_LIVE_FILE as it is set for the service, or pass --file <path>');
  if (values.show) process.stdout.write(named(file, () => readFileSync(file, 'utf8')));
  else if (values.stop) named(file, () => rmSync(file));
  else write(file, checked(values));
}

/** Says what is wrong with the file, and what to do, where the system has only a code for it. */
function named<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      const isThere = existsSync(dirname(file));
      throw new Refusal(
        isThere
          ? `there is no file ${file}: nothing is asked for by it`
          : `there is no folder ${dirname(file)}: make it, or name another file by HALLMARK_LIVE_FILE or --file`,
      );
    }
    if (code === 'EACCES' || code === 'EPERM')
      throw new Refusal(`${file} must not be touched by this user (${code}): ask as the user of the service`);
    if (code === 'EISDIR' || code === 'ERR_FS_EISDIR') throw new Refusal(`${file} is a folder: name a file in it`);
    throw error;
  }
}

function checked({ sampling, ...texts }: Partial<Record<AskedField, string>>): AskedValues {
  const ratio = Number(sampling || Number.NaN);
  const values: AskedValues = { ...texts, sampling: Number.isNaN(ratio) ? sampling : ratio };
  const asked = askedFields.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]] as const]));
  const problems = asked.flatMap(([name, value]) => wrongValue(name, value) ?? []);
  const problem = problems[0] ?? wrongTogether(values);
  if (problem) throw new Refusal(`${problem} (see hallmark-ask --help)`);
  return Object.fromEntries(asked);
}

/** Renamed to its place, so that no service reads half of it. */
function write(file: string, values: AskedValues): void {
  const written = `${file}.${randomUUID()}`;
  named(file, () => writeFileSync(written, `${JSON.stringify(values)}\n`, { mode: 0o600, flag: 'wx' }));
  try {
    named(file, () => renameSync(written, file));
  } catch (error) {
    rmSync(written);
    throw error;
  }
  process.stdout.write(`asked for ${values.for}; the service says so on its standard error within 2 s\n`);
  const owner = statSync(dirname(file)).uid;
  const user = process.geteuid?.();
  if (owner !== user) {
    process.stderr.write(
      `hallmark-ask: the folder belongs to user ${owner} and the file now to ${user}: a service that runs as another user ignores it\n`,
    );
  }
}
