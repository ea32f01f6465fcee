import { randomUUID } from 'node:crypto';
import { SpanStatusCode } from '@opentelemetry/api';
import type { InstrumentationNodeModuleDefinition } from '@opentelemetry/instrumentation';
import { AmqplibInstrumentation } from '@opentelemetry/instrumentation-amqplib';
import { guarded } from '../talk/stderr.js';
import { spanOfPublishing } from './publishing.js';

interface PublishOptions {
  messageId?: string;
  headers?: Record<string, unknown>;
  [option: string]: unknown;
}
type Publish = (
  exchange: string,
  routingKey: string,
  content: Buffer,
  options?: PublishOptions,
  ...rest: unknown[]
) => boolean;
interface ChannelModel {
  Channel: { prototype: { publish: Publish } };
  ConfirmChannel: { prototype: { publish: Publish } };
}

/**
 * Upstream's amqplib instrumentation over a publish that gets options of its own: upstream writes the trace headers into the
 * service's object, which services share between messages. The copy gets a message id where the service sets none.
 */
export class AmqplibWithMessageIds extends AmqplibInstrumentation {
  override init(): InstrumentationNodeModuleDefinition {
    const definition = super.init();
    for (const file of definition.files) {
      if (!/_model\.js$/.test(file.name)) continue;
      const { patch } = file;
      file.patch = (exports, version) => wrapChannels(patch(exports, version) as ChannelModel);
    }
    return definition;
  }
}

function wrapChannels(exports: ChannelModel): ChannelModel {
  for (const { prototype } of [exports.Channel, exports.ConfirmChannel]) {
    if (!Object.hasOwn(prototype.publish, OWN)) prototype.publish = withOwnOptions(prototype.publish);
  }
  return exports;
}

const OWN = Symbol('hallmark.own-options');

function withOwnOptions(publish: Publish): Publish {
  const publishWithMessageId: Publish = function (this: unknown, exchange, routingKey, content, options, ...rest) {
    const own = guarded('amqplib', () => (isOwn(options) ? options : copyOptions(options))) ?? options;
    try {
      return publish.call(this, exchange, routingKey, content, own, ...rest);
    } catch (error) {
      guarded('amqplib', () => endFailed(own, error));
      throw error;
    }
  };
  return Object.defineProperty(publishWithMessageId, OWN, { value: true });
}

/** Anything may be handed over from JavaScript; amqplib takes a text or a number for options without any. */
function isOwn(options: unknown): boolean {
  return typeof options === 'object' && options !== null && OWN in options;
}

function copyOptions(options: PublishOptions | undefined): PublishOptions {
  const copy: PublishOptions = withInherited(options);
  copy.headers = withInherited(options?.headers);
  copy.messageId ??= randomUUID();
  Object.defineProperty(copy, OWN, { value: true });
  return copy;
}

/** Inherited ones too, as amqplib reads them: services put what is common to their messages into a prototype. */
function withInherited(values: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const name in values) copy[name] = values[name];
  return copy;
}

/** A publish on a closed channel throws; upstream leaves its span open for ever. */
function endFailed(options: PublishOptions | undefined, error: unknown): void {
  const span = spanOfPublishing(options);
  if (!span?.isRecording()) return;
  span.recordException(error instanceof Error ? error : String(error));
  span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
  span.end();
}
