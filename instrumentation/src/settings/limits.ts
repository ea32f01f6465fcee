/** The numbers of the preload, each with its unit. Environment variables override those that `readSettings` names. */
export const limits = {
  /** Longest delay that the preload adds to the end of a process (HALLMARK_EXIT_TIMEOUT_MS). */
  exitTimeoutMs: 500,
  /** Longest value of it, and longest wait of `flush`. */
  longestExitMs: 60_000,
  flushMs: 60_000,
  /** Longest wait of a record before its batch is sent (OTEL_BLRP_SCHEDULE_DELAY, OTEL_BSP_SCHEDULE_DELAY). */
  batchDelayMs: 500,
  /** Records, and as many spans, kept while the collector is away (OTEL_BLRP_MAX_QUEUE_SIZE, OTEL_BSP_MAX_QUEUE_SIZE). */
  queueItems: 8_192,
  /** Encoded bytes kept in one queue. */
  queueBytes: 32 * 1_048_576,
  /** Encoded bytes after which a request is closed: with its last record it stays below the 4 MiB that our collector takes. */
  requestBytes: 2 * 1_048_576,
  /** Items in one request (OTEL_BLRP_MAX_EXPORT_BATCH_SIZE, OTEL_BSP_MAX_EXPORT_BATCH_SIZE). */
  batchItems: 512,
  /** Between two looks at what the process uses (OTEL_METRIC_EXPORT_INTERVAL). */
  metricIntervalMs: 60_000,
  /** Wait between two attempts while the collector is away. */
  retryDelayMs: 2_000,
  /** Between two lines that say that the queue was full while the collector answered. */
  sayFullEveryMs: 60_000,
  /** Longest wait for one answer of the collector (OTEL_EXPORTER_OTLP_TIMEOUT). */
  exportTimeoutMs: 10_000,
  /** Longest message and longest text attribute of a log record; what is longer is cut and says so. */
  messageChars: 65_536,
  attributeChars: 8_192,
  /** Nesting and entries of one attribute value that is an object. */
  attributeDepth: 6,
  attributeEntries: 128,
  /** Characters of all attributes of one record or span, names and values, at any depth; what is beyond is cut and says so. */
  recordChars: 65_536,
  /** Attributes of one log record (OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT). */
  recordAttributes: 128,
  stackChars: 16_384,
  /** Message content, when it is switched on. */
  messageContentBytes: 1_024,
  /** Between two looks at the file of HALLMARK_LIVE_FILE. */
  liveFilePollMs: 1_000,
  serviceNameChars: 255,
  contextValueChars: 256,
} as const;
