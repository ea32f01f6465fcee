/** The collector as the relay saw it last, and what else stands in its folder. */
export interface CollectorState {
  readonly received: number;
  readonly refused: number;
  readonly givenUp: number;
  /** By the relay, since its start: stored, or there already. */
  readonly sent: number;
  readonly masked: number;
  readonly rejected: number;
  readonly lastHour: { readonly sent: number; readonly rejected: number };
  readonly damagedFiles: number;
  readonly isReserved?: boolean;
  readonly queueBytes: number;
  readonly queueCapacityBytes: number;
  readonly oldestSeconds: number;
  readonly refusals?: readonly {
    readonly stream: string;
    readonly status: number;
    readonly reason: string;
    readonly seconds: number;
  }[];
  readonly seenAt: string;
  /** Whether the collector answered when the relay asked it last. */
  readonly isAnswering: boolean;
}

/** From this share on, there is little time left to mend Elasticsearch. */
const nearlyFull = 0.8;
/** Longer than an ordinary restart of Elasticsearch. Unit: seconds. */
const longWait = 60;
/** Longer than a moment of too much work. Unit: seconds. */
const longRefusal = 20;
/** The relay looks every 10 s. Unit: milliseconds. */
const staleAfterMs = 45_000;

/** What somebody has to look at, in words; empty when all is well. */
export function findings(state: CollectorState | undefined, now: Date): string[] {
  if (state === undefined) return ['the collector has not answered yet: is it running?'];
  const found: string[] = [];
  if (!state.isAnswering || now.getTime() - Date.parse(state.seenAt) > staleAfterMs)
    found.push(`the collector has not answered since ${state.seenAt}: the numbers are of that time`);
  if (state.queueBytes >= nearlyFull * state.queueCapacityBytes && state.queueCapacityBytes > 0) {
    found.push('the queue is nearly full: senders will be refused; see whether Elasticsearch answers');
  }
  if (state.oldestSeconds >= longWait) {
    found.push(
      `records have been waiting for up to ${state.oldestSeconds} s: Elasticsearch is away, refuses, or is too slow`,
    );
  }
  for (const { stream, status, reason, seconds } of state.refusals ?? []) {
    if (seconds >= longRefusal)
      found.push(`Elasticsearch has not taken what goes to ${stream} for ${seconds} s: ${status}, ${reason}`);
  }
  const { rejected } = state.lastHour;
  if (rejected > 0) {
    found.push(
      `${rejected} records (${shareRejected(state.lastHour)}) were refused by Elasticsearch in the last hour and are in logs-rejected.otel-default`,
    );
  }
  if (state.givenUp > 0)
    found.push(`${state.givenUp} acknowledged records were given up and are missing: the collector's log says why`);
  if (state.isReserved === false)
    found.push('the disk has no room for all that the queue may hold: make some, or lower QUEUE_SIZE');
  if (state.damagedFiles > 0) {
    found.push(
      `${state.damagedFiles} damaged queue files were set aside (*.backup): what they held and had not sent is missing`,
    );
  }
  if (state.refused > 0)
    found.push(`${state.refused} records were refused to their senders: the queue or the memory was full`);
  return found;
}

/** Of what came to Elasticsearch; both are counted by the relay, over the same time. */
function shareRejected({ rejected, sent }: { readonly rejected: number; readonly sent: number }): string {
  const share = rejected === 0 ? 0 : (100 * rejected) / (sent + rejected);
  return `${share.toFixed(2)} %`;
}

/** One screen. */
export function statusText(state: CollectorState | undefined, now: Date): string {
  const found = findings(state, now);
  const verdict = found.length === 0 ? ['✓ all is well'] : found.map((each) => `✗ ${each}`);
  const share = state?.queueCapacityBytes ? ((100 * state.queueBytes) / state.queueCapacityBytes).toFixed(1) : '0.0';
  const rows: readonly (readonly [string, string])[] = state
    ? [
        ['received', `${state.received} records and spans since the collector's start`],
        ['refused', `${state.refused}, and the sender was told`],
        ['given up', `${state.givenUp} that were acknowledged`],
        ['sent', `${state.sent} stored in Elasticsearch since the relay's start`],
        ['masked', `${state.masked} of them with something masked`],
        [
          'rejected',
          `${state.rejected} kept as dead letters, ${shareRejected(state)} of what came to Elasticsearch since then`,
        ],
        ['damaged', `${state.damagedFiles} queue files set aside`],
        ['queue', `${state.queueBytes} bytes, ${share} % of ${state.queueCapacityBytes}`],
        ['oldest', `${state.oldestSeconds} s`],
        ['seen', state.seenAt],
      ]
    : [];
  return `${[...verdict, '', ...rows.map(([name, value]) => `  ${name.padEnd(9)} ${value}`)].join('\n').trimEnd()}\n`;
}
