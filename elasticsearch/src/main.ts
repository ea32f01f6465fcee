import { runApply } from './commands/apply.js';
import { runKeep } from './commands/keep.js';
import { runRelay } from './commands/relay.js';
import { UsageError } from './commands/usage-error.js';

const usage = `usage: hallmark-elasticsearch [apply] [--accounts]
       hallmark-elasticsearch keep [--dry-run | --once] [--every 10m] [--file retention.yaml]
       hallmark-elasticsearch relay

  apply       (when no command is named) puts Hallmark's index templates and retention.yaml on the server at
              ELASTICSEARCH_URL (http://user:password@host:port), again and again with the same end
              --accounts  also roles and accounts, on a server that has the security API; the passwords come from the
                          variables that accounts.json names, and Kibana's from KIBANA_PASSWORD
  keep        carries out retention.yaml on a server without index lifecycle management, until it is ended
              --dry-run   says what it would do and why, and does nothing
              --once      one round; --every: the time between two, default 10m
  relay       stands between the collector and the server at ELASTICSEARCH_URL (no credentials), listens on RELAY_ENDPOINT
              (host:port), and keeps what the server refuses for good in logs-rejected.otel-default; with COLLECTOR_METRICS_URL and
              COLLECTOR_OTLP_URL (and COLLECTOR_OTLP_TOKEN) also watches the collector and sends its numbers to the store; by TLS with RELAY_CERT_FILE and
              RELAY_KEY_FILE (PEM); with COLLECTOR_QUEUE_DIR it counts damaged files of the queue, and with COLLECTOR_QUEUE_RESERVE
              (bytes) makes each of its files take its room on the disk beforehand
  --help      this text
`;

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  apply: runApply,
  keep: runKeep,
  relay: runRelay,
};

/** @returns the exit code: 0 done, 1 the server refused or is away, 2 wrong use */
async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(usage);
    return 0;
  }
  const [first = 'apply', ...rest] = args;
  const [name, options] = first.startsWith('-') ? ['apply', args] : [first, rest];
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (!command)
      throw new UsageError(`there is no command '${name}'; the commands are: ${Object.keys(commands).join(', ')}`);
    return await command(options);
  } catch (error) {
    const isUsage = error instanceof UsageError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
    const message = error instanceof Error ? error.message : String(error);
    console.error(isUsage ? `${message}; see --help` : message);
    return isUsage ? 2 : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
