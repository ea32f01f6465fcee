import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Part } from '../part.js';
import { randomPassword } from '../password.js';
import { loopback, type Ports } from '../ports.js';
import { processPart } from '../process-part.js';
import { type OnProgress, withTicks } from '../progress.js';
import type { Run } from '../run/run.js';
import { speaksAmqp } from './health.js';
import { findRabbitmq, type RabbitmqInstallation } from './installation.js';
import { traceTransfers } from './transfers.js';

const user = 'hallmark';
/** Up in 4 to 12 s; a machine that does much else takes its time. Unit: milliseconds. */
const readyTimeoutMs = 120_000;
const stopTimeoutMs = 20_000;

/** Where the broker writes its log, and its tracing each message's transfer, as JSON lines that the collector reads. */
export const rabbitmqLogs = (run: Run) => join(run.folder, 'rabbitmq', 'logs', 'rabbitmq.json*');
export const rabbitmqTransfers = (run: Run) => join(run.folder, 'rabbitmq', 'transfers', '*.log');

export interface RabbitmqOptions {
  readonly run: Run;
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: OnProgress;
  readonly ports: Pick<Ports, 'amqp' | 'management' | 'epmd' | 'erlangDistribution'>;
}

export interface Rabbitmq {
  readonly part: Part;
  /** `amqp://user:password@127.0.0.1:port`. */
  readonly url: string;
}

/** Starts RabbitMQ, and the port mapper (epmd) it needs, as processes of the run that listen on loopback only. */
export async function startRabbitmq(options: RabbitmqOptions): Promise<Rabbitmq> {
  const { run, ports } = options;
  const installation = await findRabbitmq(options);
  const folder = join(run.folder, 'rabbitmq');
  const password = randomPassword();
  await writeConfiguration(folder, ports, password);
  const env = environment(options, installation, folder);

  const part = processPart(run, 'rabbitmq', async () => {
    // RabbitMQ would start one itself as a daemon that outlives it and listens on all addresses.
    const epmd = await run.launch({
      name: 'rabbitmq-epmd',
      command: installation.epmd,
      args: ['-address', loopback, '-port', String(ports.epmd)],
      cwd: folder,
      env,
    });
    const broker = await run.launch({
      name: 'rabbitmq',
      command: installation.server,
      args: [],
      cwd: folder,
      env,
      ready: async () =>
        (await speaksAmqp(loopback, ports.amqp)) &&
        (await traceTransfers(`http://${loopback}:${ports.management}`, user, password)),
      readyTimeoutMs,
      stopTimeoutMs,
    });
    return [epmd, broker];
  });
  await withTicks(
    options.onProgress,
    (seconds) => `RabbitMQ: starting, ${seconds} s`,
    () => part.start(),
  );
  return { part, url: `amqp://${user}:${password}@${loopback}:${ports.amqp}` };
}

async function writeConfiguration(
  folder: string,
  { amqp, management }: RabbitmqOptions['ports'],
  password: string,
): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  const configuration = {
    'listeners.tcp.1': `${loopback}:${amqp}`,
    default_user: user,
    default_pass: password,
    'log.console': 'true',
    'log.console.level': 'info',
    // Also as JSON lines in a file, which the collector reads.
    'log.file': 'rabbitmq.json',
    'log.file.level': 'info',
    'log.file.formatter': 'json',
    'log.file.formatter.time_format': 'epoch_usecs',
    'log.file.rotation.size': '10485760',
    'log.file.rotation.count': '5',
    // For the plugin that writes down each message's transfer; it measures nothing.
    'management.tcp.ip': loopback,
    'management.tcp.port': String(management),
    'management_agent.disable_metrics_collector': 'true',
    // The data lives as long as the run; the usual 50 MB are kept free for the machine's sake.
    'disk_free_limit.absolute': '50MB',
  };
  const text = Object.entries(configuration).map(([name, value]) => `${name} = ${value}\n`);
  await writeFile(join(folder, 'rabbitmq.conf'), text.join(''), { mode: 0o600 });
  await writeFile(join(folder, 'enabled_plugins'), '[rabbitmq_tracing].\n', { mode: 0o600 });
  await writeFile(join(folder, 'advanced.config'), tracing(folder, password), { mode: 0o600 });
  // By this cookie anybody on the machine could run code in the broker: random, and readable by its user only.
  await writeFile(join(folder, '.erlang.cookie'), randomPassword(), { mode: 0o400 });
}

function tracing(folder: string, password: string): string {
  const settings = `{directory, "${join(folder, 'transfers')}"}, {username, <<"${user}">>}, {password, <<"${password}">>}`;
  return `[{rabbitmq_tracing, [${settings}]}].\n`;
}

function environment(options: RabbitmqOptions, found: RabbitmqInstallation, folder: string): NodeJS.ProcessEnv {
  const { ports, env } = options;
  return {
    PATH: [found.erlangBin, env.PATH].join(delimiter),
    ...(found.libraries.length > 0 && { LD_LIBRARY_PATH: found.libraries.join(delimiter) }),
    HOME: folder,
    LANG: 'C.UTF-8',
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: loopback,
    // Makes the script become the broker instead of waiting beside it, so that a signal reaches the broker itself.
    RUNNING_UNDER_SYSTEMD: 'true',
    RABBITMQ_NODENAME: `hallmark-${ports.amqp}@localhost`,
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: join(folder, 'advanced.config'),
    RABBITMQ_CONF_ENV_FILE: join(folder, 'rabbitmq-env.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'logs'),
    RABBITMQ_DIST_PORT: String(ports.erlangDistribution),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
  };
}
