import { fileURLToPath } from 'node:url';
import { environmentLines, type Stack } from './start-stack.js';

const command = fileURLToPath(new URL('../../lookup/dist/main.js', import.meta.url));
const startTimeoutMs = 60_000;

/**
 * Serves the look-up page beside a stack, as a process of its run. Its link works once: when it has been used, the next one stands in
 * the environment file.
 * @param envFile where `LOOKUP_URL` is kept up to date, beside the addresses of the stack
 * @returns the first link
 */
export async function serveLookupPage(stack: Stack, envFile: string): Promise<string> {
  let link = '';
  let written = Promise.resolve();
  const keep = (line: string) => {
    const found = /^LOOKUP_URL=(\S+)$/.exec(line)?.[1];
    if (found === undefined) return;
    link = found;
    const content = environmentLines({ ...stack.env, LOOKUP_URL: found });
    // A run that is being closed removes the file; the next link is of no use then.
    written = written.then(() => stack.run.writeFile(envFile, content)).catch(() => undefined);
  };
  await stack.run.spawn({
    name: 'lookup-page',
    command: process.execPath,
    args: ['--enable-source-maps', command, 'page'],
    env: { ...process.env, ...stack.env },
    onLine: keep,
    ready: () => link !== '',
    readyTimeoutMs: startTimeoutMs,
  });
  await written;
  return link;
}
