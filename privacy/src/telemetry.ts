import { countPrefix } from './counters.js';
import { type Counts, count, type Redactor } from './redactor.js';
import { type RedactableContext, withCleanState, withoutState } from './trace-state.js';
import { cleanObject, cleanValue } from './walk.js';

/** The parts of an SDK log record (sdk-logs 3.x) that are read and set here, in the moment of `onEmit`. */
export interface RedactableLogRecord {
  body?: unknown;
  eventName?: string | undefined;
  severityText?: string | undefined;
  attributes: Record<string, unknown>;
  readonly resource?: RedactableResource;
  readonly instrumentationScope?: object;
}

/** The parts of an SDK span (sdk-trace 3.x) that are read and set here, after its end. */
export interface RedactableSpan {
  name: string;
  attributes: Record<string, unknown>;
  status: { code: number; message?: string };
  events: { name: string; attributes?: Record<string, unknown> }[];
  links: { context?: RedactableContext; attributes?: Record<string, unknown> }[];
  spanContext?(): RedactableContext;
  readonly resource?: RedactableResource;
  readonly instrumentationScope?: object;
}

export interface RedactableResource {
  readonly attributes: object;
  readonly asyncAttributesPending?: boolean;
}

/** Attribute that names the policy a record was redacted with; the collector reads it. */
export const policyAttribute = 'redaction.policy';
/** Attribute with the number of values that were masked; `redaction.masked.<kind>` has them by kind. */
export const maskedAttribute = `${countPrefix}count`;
/** Attribute of a record that could not be redacted: all its content was taken away. */
export const failedAttribute = 'redaction.failed';

/** Redacts records and spans of the OpenTelemetry SDK in place. */
export class TelemetryRedactor {
  readonly #redactor: Redactor;
  readonly #onMasked: (kind: string, times: number) => void;
  readonly #seen = new WeakSet<object>();
  /** One for all records; a record that is made while another is redacted (by a getter that logs) takes one of its own. */
  #counts: Counts | undefined = new Map();

  /** @param onMasked told for each kind that was masked in a record: the place for a metric */
  constructor(redactor: Redactor, onMasked: (kind: string, times: number) => void = () => {}) {
    this.#redactor = redactor;
    this.#onMasked = onMasked;
  }

  /** Call in a log record processor's `onEmit`, before any exporter's processor. Never throws. */
  redactLogRecord(record: RedactableLogRecord): void {
    const counts = this.#counts ?? new Map();
    this.#counts = undefined;
    try {
      this.#shared(record, counts);
      if (record.body !== undefined && record.body !== null) {
        const body = cleanValue(this.#redactor, record.body, this.#redactor.verdict('body'), counts);
        if (body !== record.body) record.body = body;
      }
      const { eventName, severityText } = record;
      if (eventName) {
        const clean = this.#redactor.text(eventName, counts);
        if (clean !== eventName) record.eventName = clean;
      }
      if (severityText) {
        const clean = this.#redactor.text(severityText, counts);
        if (clean !== severityText) record.severityText = clean;
      }
      this.#attributesOf(record, counts);
      this.#mark(record.attributes, counts);
    } catch {
      record.body = '';
      record.eventName = undefined;
      record.severityText = undefined;
      emptied(record.attributes);
    }
    this.#release(counts);
  }

  /** Call in a span processor's `onEnd`, before any exporter's processor. Never throws. */
  redactSpan(span: RedactableSpan): void {
    const counts = this.#counts ?? new Map();
    this.#counts = undefined;
    try {
      this.#shared(span, counts);
      span.name = this.#redactor.text(span.name, counts);
      if (span.status.message) {
        const message = this.#redactor.text(span.status.message, counts);
        if (message !== span.status.message) span.status = { ...span.status, message };
      }
      this.#traceStatesOf(span, (text) => this.#redactor.text(text, counts));
      this.#attributesOf(span, counts);
      for (const event of span.events) {
        event.name = this.#redactor.text(event.name, counts);
        if (event.attributes) this.#attributesOf(event as { attributes: Record<string, unknown> }, counts);
      }
      for (const link of span.links) {
        if (link.attributes) this.#attributesOf(link as { attributes: Record<string, unknown> }, counts);
      }
      this.#mark(span.attributes, counts);
    } catch {
      span.name = 'redaction failed';
      span.status = { code: span.status?.code ?? 0 };
      span.events = [];
      span.links = span.links.map(({ context }) => ({
        ...(context && { context: withoutState(context) }),
        attributes: {},
      }));
      if (span.spanContext) {
        const bare = withoutState(span.spanContext());
        span.spanContext = () => bare;
      }
      emptied(span.attributes);
    }
    this.#release(counts);
  }

  /** The context of a span is its children's too: only what an exporter sees of it changes. */
  #traceStatesOf(span: RedactableSpan, clean: (text: string) => string): void {
    const context = withCleanState(span.spanContext?.(), clean);
    if (context) span.spanContext = () => context;
    for (const [i, link] of span.links.entries()) {
      const linked = withCleanState(link.context, clean);
      if (linked) span.links[i] = { ...link, context: linked };
    }
  }

  #release(counts: Counts): void {
    if (counts.size > 0) counts.clear();
    this.#counts = counts;
  }

  #attributesOf(holder: { attributes: Record<string, unknown> }, counts: Counts): void {
    const clean = cleanObject(this.#redactor, holder.attributes, counts);
    if (clean) replaceContent(holder.attributes, clean);
  }

  /** Resource and scope are shared by all records: each is looked at once, and once more when its late attributes are there. */
  #shared(
    {
      resource,
      instrumentationScope,
    }: { readonly resource?: RedactableResource; readonly instrumentationScope?: object },
    counts: Counts,
  ): void {
    if (instrumentationScope && !this.#seen.has(instrumentationScope)) {
      this.#seen.add(instrumentationScope);
      const clean = cleanObject(this.#redactor, instrumentationScope as Record<string, unknown>, counts);
      if (clean) replaceContent(instrumentationScope as Record<string, unknown>, clean);
    }
    if (!resource || this.#seen.has(resource)) return;
    const clean = cleanObject(this.#redactor, resource.attributes as Record<string, unknown>, counts);
    if (clean) Object.defineProperty(resource, 'attributes', { value: clean, configurable: true });
    if (!resource.asyncAttributesPending) this.#seen.add(resource);
  }

  #mark(attributes: Record<string, unknown>, counts: Counts): void {
    attributes[policyAttribute] = this.#redactor.mark;
    if (counts.size === 0) return;
    let total = 0;
    for (const [kind, times] of counts) {
      total += times;
      attributes[countPrefix + kind] = times;
      this.#onMasked(kind, times);
    }
    attributes[maskedAttribute] = total;
  }
}

/**
 * Any plain record, such as one read from a file: every string of it wherever it stands, with the counters of what was
 * masked. The record itself is not changed.
 */
export function redactRecord<T extends object>(redactor: Redactor, record: T): { record: T; counts: Counts } {
  const counts: Counts = new Map();
  try {
    return { record: (cleanObject(redactor, record as Record<string, unknown>, counts) ?? record) as T, counts };
  } catch {
    count(counts, 'failed');
    return { record: { [failedAttribute]: true } as T, counts };
  }
}

function replaceContent(target: Record<string, unknown>, content: Record<string, unknown>): void {
  for (const key of Object.keys(target)) if (!Object.hasOwn(content, key)) delete target[key];
  Object.assign(target, content);
}

function emptied(attributes: Record<string, unknown>): void {
  for (const key of Object.keys(attributes)) delete attributes[key];
  attributes[failedAttribute] = true;
}
