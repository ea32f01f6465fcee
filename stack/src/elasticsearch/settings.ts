import { StackError } from '../failure.js';
import { loopback } from '../ports.js';

const defaultHeap = '512m';

/** The server's heap: `HALLMARK_ELASTICSEARCH_HEAP`, a number and `m` or `g`; default 512m. Throws a `StackError` for anything else. */
export function heapOf(env: NodeJS.ProcessEnv): string {
  const heap = env.HALLMARK_ELASTICSEARCH_HEAP || defaultHeap;
  if (/^[1-9]\d*[mg]$/i.test(heap)) return heap;
  throw new StackError(`HALLMARK_ELASTICSEARCH_HEAP=${heap}: expected a number and m or g, e.g. ${defaultHeap} or 2g`);
}

export interface NodeSettings {
  readonly httpPort: number;
  readonly transportPort: number;
  readonly dataFolder: string;
  readonly logsFolder: string;
  /** Where snapshots are put: those of indices that retention deletes, in a profile with an archive. */
  readonly snapshotFolder: string;
  /** Paths below the configuration folder; undefined: no TLS. */
  readonly tls: { readonly certificate: string; readonly key: string } | undefined;
}

/** All that is set in elasticsearch.yml. The distribution has neither machine learning nor geoip, so there is nothing to switch off. */
export function elasticsearchYml(settings: NodeSettings): string {
  return lines({
    'cluster.name': 'hallmark',
    'node.name': 'hallmark',
    'discovery.type': 'single-node',
    'network.host': loopback,
    'http.port': settings.httpPort,
    'transport.port': settings.transportPort,
    'path.data': JSON.stringify(settings.dataFolder),
    'path.logs': JSON.stringify(settings.logsFolder),
    'path.repo': JSON.stringify(settings.snapshotFolder),
    // Everything is on this machine: names and passwords are needed, encryption on loopback only for who asks for it (HALLMARK_TLS).
    'xpack.security.enabled': true,
    'xpack.security.transport.ssl.enabled': false,
    'xpack.security.http.ssl.enabled': settings.tls !== undefined,
    ...(settings.tls && {
      'xpack.security.http.ssl.certificate': JSON.stringify(settings.tls.certificate),
      'xpack.security.http.ssl.key': JSON.stringify(settings.tls.key),
    }),
    'xpack.security.enrollment.enabled': false,
    'xpack.security.autoconfiguration.enabled': false,
    'xpack.security.authc.realms.file.file.order': 0,
    // On a disk that is 85 % full, Elasticsearch would give no shard a place and every write would hang.
    'cluster.routing.allocation.disk.threshold_enabled': false,
  });
}

/** The options of the server's Java: a small heap, taken at once so that it can't fail later. */
export function jvmOptions(heap: string, temporaryFolder: string): string {
  return [
    `-Xms${heap}`,
    `-Xmx${heap}`,
    '-XX:+UseG1GC',
    '-XX:+ExitOnOutOfMemoryError',
    `-Djava.io.tmpdir=${temporaryFolder}`,
    '',
  ].join('\n');
}

/** One log, on standard output; the stack keeps it in the run folder. */
export const log4j2Properties = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %marker %m%consoleException%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
`;

function lines(settings: Record<string, string | number | boolean>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}
