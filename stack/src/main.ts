import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { listenForEnd } from './ending.js';
import { oneLine, StackError } from './failure.js';
import { serveLookupPage } from './lookup-page.js';
import { environmentLines, startStack } from './start-stack.js';
import { printStatus } from './status/command.js';

const envFile = fileURLToPath(new URL('../../.hallmark/stack.env', import.meta.url));

const help = `usage: npm run stack [-- status]

Starts Elasticsearch, the collector, PostgreSQL, RabbitMQ and an S3 server on this machine, for services of your own. Prints where they are as
NAME=value lines and keeps them in .hallmark/stack.env while it runs. Ctrl-C ends everything and deletes the data.
LOOKUP_URL opens the look-up page once; when it has been used, the next one stands in the file.
With status: how the collector of the running stack is (received, refused, sent, rejected, queue), or of the one whose relay
COLLECTOR_STATUS_URL names; exit code 0 only if all is well.

  node --env-file=.hallmark/stack.env --require instrumentation your-service.js

settings (environment variables):
  HALLMARK_CACHE                 folder for what is downloaded and built; default $XDG_CACHE_HOME/hallmark, else ~/.cache/hallmark
  HALLMARK_ELASTICSEARCH_HEAP    memory for Elasticsearch's Java heap, e.g. 2g; default 512m
  HALLMARK_ELASTICSEARCH_PORT, HALLMARK_OTLP_PORT, HALLMARK_OTLP_BEYOND_PORT, HALLMARK_POSTGRESQL_PORT, HALLMARK_AMQP_PORT,
  HALLMARK_S3_PORT
                                 fixed ports; default: free ones
  HALLMARK_TLS                   on: Elasticsearch and the relay before it talk by TLS; default off, on loopback
  HALLMARK_OTLP_HOST             an address of this machine (0.0.0.0: all) that the collector listens on as well, on
                                 HALLMARK_OTLP_BEYOND_PORT, by TLS and with a token only; prints what a sender there needs
  HALLMARK_MAVEN_URL             mirror of Maven Central; HTTPS_PROXY and NO_PROXY are honoured
  AMQP_URL                       a RabbitMQ of your own instead of one that is started
  HALLMARK_CHECKS                services that the collector asks every 10 s whether they answer, with commas between them:
                                 http://127.0.0.1:3000/health#shop-api (system.unavailable when one stops, system.available)
  JAVA_HOME                      Java 17 or later, if not the one in PATH
`;

const usageExitCode = 64;

class UsageError extends Error {}

const say = (line: string) => console.error(line);

try {
  const { values, positionals } = parseArgs({
    options: { help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  const [command, ...rest] = positionals;
  if (values.help) process.stdout.write(help);
  else if (command === 'status' && rest.length === 0) process.exitCode = await printStatus(envFile, process.env);
  else if (command !== undefined) throw new UsageError(`there is no '${positionals.join(' ')}' here`);
  else await runUntilEnded();
} catch (error) {
  const isUsage = error instanceof UsageError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  if (isUsage) say(`stack: ${oneLine(error)}; npm run stack -- --help lists the settings`);
  else say(error instanceof StackError ? `stack: ${oneLine(error)}` : String((error as Error).stack ?? error));
  process.exitCode = isUsage ? usageExitCode : 1;
}

async function runUntilEnded(): Promise<void> {
  const ending = listenForEnd();
  const startedAt = Date.now();
  try {
    const stack = await startStack({ onProgress: say, envFile, signal: ending.signal });
    const lookupUrl = await serveLookupPage(stack, envFile);
    process.stdout.write(environmentLines({ ...stack.env, LOOKUP_URL: lookupUrl }));
    say(`everything is up after ${Math.round((Date.now() - startedAt) / 1_000)} s; Ctrl-C ends it`);
    say(`${await ending.reason}: ending everything`);
    await stack.stop();
    say('everything is ended');
  } catch (error) {
    if (!ending.signal.aborted) throw error;
    say(`${await ending.reason}: the start was broken off, everything is ended`);
    process.exitCode = 1;
  } finally {
    ending.release();
  }
}
