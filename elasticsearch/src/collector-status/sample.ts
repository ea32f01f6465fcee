/** What the collector counted since its start, and what it holds. */
export interface Sample {
  /** Records and spans that were taken: from services at each of its doors, and read from the logs of systems. */
  readonly received: number;
  /** Refused because the queue or the memory was full. The sender was told. What is too large is refused unread, and not counted here. */
  readonly refused: number;
  /** Taken out of the queue without being stored: the one thing that must not be. Zero, or somebody has to look at the collector's log. */
  readonly givenUp: number;
  readonly queueBytes: number;
  readonly queueCapacityBytes: number;
}

/** Senders are at these doors, who are told. A line of a file that can't be taken yet is read again. */
const doors = /receiver="otlp(?:\/beyond|\/journal)?"/;
/** The second half's doors take what the first half has counted already. */
const firstHalf = /receiver="(?!otlp\/(?:store|onward)")/;

/** One line of Prometheus' text format: name, labels, value. */
const line = /^(\w+)(?:\{(.*)\})? (\S+)$/;

/** Reads the collector's metrics in Prometheus' text format. */
export function readSample(text: string): Sample {
  const rows = text.split('\n').flatMap((each) => {
    const [, name = '', labels = '', value = ''] = line.exec(each) ?? [];
    return name === '' ? [] : [{ name: name.replace(/_total$/, ''), labels, value: Number(value) }];
  });
  const sum = (name: RegExp, label = /^/) =>
    rows.filter((row) => name.test(row.name) && label.test(row.labels)).reduce((total, { value }) => total + value, 0);
  return {
    received: sum(/^otelcol_receiver_accepted_(log_records|spans)$/, firstHalf),
    refused: sum(/^otelcol_receiver_(refused|failed)_(log_records|spans)$/, doors),
    // Counted when an item is dropped, not with each attempt.
    givenUp: sum(/^otelcol_exporter_send_failed_(log_records|spans)$/, /exporter="otlp_grpc\/store"/),
    queueBytes: sum(/^otelcol_exporter_queue_size/),
    // The capacity is that of each signal's queue; the disk is one.
    queueCapacityBytes: Math.max(
      0,
      ...rows.filter(({ name }) => name.startsWith('otelcol_exporter_queue_capacity')).map(({ value }) => value),
    ),
  };
}
