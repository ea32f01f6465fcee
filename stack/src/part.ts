/** The parts that a stack can start. */
export const partNames = ['elasticsearch', 'collector', 'postgresql', 'rabbitmq', 's3'] as const;
export type PartName = (typeof partNames)[number];

/** What the parts are called in talk. */
export const partTitles: Readonly<Record<PartName, string>> = {
  elasticsearch: 'Elasticsearch',
  collector: 'the collector',
  postgresql: 'PostgreSQL',
  rabbitmq: 'RabbitMQ',
  s3: 'the S3 server',
};

/** One real server of the stack. */
export interface Part {
  readonly name: PartName;
  readonly running: boolean;
  /** Process id of the leader of its process group; undefined while it doesn't run. */
  readonly pid: number | undefined;
  /** Starts it again on the same port with the same data, and resolves when it is healthy. Harmless while it runs. */
  start(): Promise<void>;
  /** Ends it in order. Harmless while it doesn't run. */
  stop(): Promise<void>;
  /** Signals all its processes at once, for fault tests (default SIGKILL; SIGSTOP and SIGCONT are useful too). */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Calls back with one line when it ends without `stop` or `kill`; at once when it already has. There is one listener. */
  watch(onEnd: (line: string) => unknown): void;
}
