import { hostname } from 'node:os';
import { basename } from 'node:path';
import { type Attributes, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import {
  defaultResource,
  detectResources,
  type Resource,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { ContextManager } from '../context/manager.js';
import { contextLogRecordProcessor, contextSpanProcessor } from '../context/processors.js';
import { createPropagator } from '../context/propagation.js';
import type { Resource as SdkResource } from '../export/encoding.js';
import type { Pipeline } from '../export/pipeline.js';
import type { Redaction } from '../privacy/redaction.js';
import { recordsSpanProcessor } from '../records/from-spans.js';
import { RecordWriter } from '../records/record-writer.js';
import type { Environment } from '../settings/environment.js';
import type { ServiceIdentity } from '../settings/service.js';
import type { Settings } from '../settings/settings.js';
import { guardedLogRecordProcessor, guardedSpanProcessor } from './guarded-processors.js';
import { createSampler } from './sampler.js';

interface Options {
  readonly settings: Settings;
  readonly environment: Environment;
  readonly pipeline: Pipeline;
  readonly identity: ServiceIdentity;
  readonly redaction: Redaction;
}

/** Facts about the process by allow-list: its arguments, which upstream adds, may hold secrets. */
function processAttributes({ name, version }: ServiceIdentity): Attributes {
  return {
    // Upstream's default holds the whole path of the binary.
    'service.name': name ?? `unknown_service:${basename(process.argv0)}`,
    ...(version !== undefined && { 'service.version': version }),
    'service.instance.id': instanceId(),
    'process.pid': process.pid,
    'process.runtime.name': 'nodejs',
    'process.runtime.version': process.versions.node,
    'host.name': hostname(),
  };
}

/** A UUID of version 4 that need not be secret; loading `node:crypto` for it costs 4 ms at each start. */
function instanceId(): string {
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replaceAll('x', () => Math.floor(Math.random() * 16).toString(16));
}

/** OTEL_RESOURCE_ATTRIBUTES is taken as a whole or, upstream says nothing of it, not at all. */
function attributesOfVariables(environment: Environment): Resource {
  const name = 'OTEL_RESOURCE_ATTRIBUTES';
  const resource = detectResources({ detectors: [resourceAttributesEnvDetector] });
  if (environment.text(name) !== undefined && Object.keys(resource.attributes).length === 0) {
    environment.ignore(name, 'not key=value,key=value, percent-encoded');
  }
  return resource;
}

export interface StartedSdk {
  /** As it stands on every record. */
  readonly serviceName: string;
  readonly writer: RecordWriter;
  /** With what the resource detectors found. */
  readonly resource: () => SdkResource;
}

/** Starts the SDK with the preload's own processors. */
export function startSdk({ settings, environment, pipeline, identity, redaction }: Options): StartedSdk {
  const keys = [...new Set([...settings.contextKeys, ...settings.contextSources.keys()])];
  const resource = defaultResource()
    .merge(resourceFromAttributes(processAttributes(identity)))
    .merge(attributesOfVariables(environment))
    .merge(detectResources({ detectors: [serviceNameEnvDetector] }));
  const detectorsAsked = environment.text('OTEL_NODE_RESOURCE_DETECTORS') !== undefined;
  const sampler = createSampler(environment, settings.live !== undefined);
  const writer = new RecordWriter({
    keys,
    limits: settings.recordLimits,
    redact: redaction.redactRecord,
    add: (record) => pipeline.addRecord(record),
  });
  const sdk = new NodeSDK({
    resource,
    ...(!detectorsAsked && { resourceDetectors: [] }),
    sampler,
    contextManager: new ContextManager(),
    instrumentations: [],
    metricReaders: [],
    textMapPropagator: createPropagator(environment.list('OTEL_PROPAGATORS'), settings.sendTo, () =>
      environment.ignore('OTEL_PROPAGATORS', 'names a propagator that is not known'),
    ),
    spanProcessors: [
      contextSpanProcessor(keys),
      recordsSpanProcessor({ writer, off: settings.recordsOff, redaction }),
      pipeline.spanProcessor(),
    ].map(guardedSpanProcessor),
    logRecordProcessors: [
      contextLogRecordProcessor(keys),
      redaction.logRecordProcessor,
      pipeline.logRecordProcessor(),
    ].map(guardedLogRecordProcessor),
  });
  sdk.start();
  return { serviceName: String(resource.attributes['service.name']), writer, resource: resourceOfSdk };
}

/** The SDK shows its resource on what it makes only; this span is never ended, and so never sent. */
function resourceOfSdk(): SdkResource {
  const span = trace.getTracer('hallmark', HALLMARK_VERSION).startSpan('resource', {}, ROOT_CONTEXT);
  return (span as Partial<ReadableSpan>).resource ?? { attributes: {} };
}
