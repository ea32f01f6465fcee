import { performance as clock } from 'node:perf_hooks';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { Resource } from '../export/encoding.js';
import { attributesJson } from '../export/otlp-json.js';
import type { MetricSettings } from '../settings/settings.js';
import { guarded } from '../talk/stderr.js';

/** Statuses by which an endpoint says that it takes no metrics at all. */
const NOT_TAKEN = new Set([404, 405, 415, 501]);

/** Of what the process uses, since the look before. */
export interface Sample {
  readonly timeMs: number;
  /** Share of one core, 0 to 1; more where several threads work. */
  readonly cpu: number;
  /** Share of the time that the event loop was busy, 0 to 1. */
  readonly eventLoop: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
}

/** OTLP's AGGREGATION_TEMPORALITY_CUMULATIVE: each number counts from the start of the process. */
const CUMULATIVE = 2;

/**
 * Sends what the process uses and how many personal values of each kind were masked in it, once a minute: numbers of the kernel, of V8
 * and our own, nothing in between. It never holds the process, tries nothing twice, and says nothing: that the collector is away is told
 * by what matters more.
 */
export function sendProcessMetrics(
  settings: MetricSettings,
  resource: () => Resource,
  masked: ReadonlyMap<string, number>,
): void {
  const look = sampler();
  const timer = setInterval(() => {
    guarded('metrics', () =>
      post(settings, bodyOf(resource(), look(), masked), (status) => NOT_TAKEN.has(status) && clearInterval(timer)),
    );
  }, settings.intervalMs);
  timer.unref();
}

/** @returns tells of the time since it was asked before */
export function sampler(): () => Sample {
  let atMs = clock.now();
  let cpu = process.cpuUsage();
  let loop = clock.eventLoopUtilization();
  return () => {
    const nowMs = clock.now();
    const used = process.cpuUsage(cpu);
    const busy = clock.eventLoopUtilization(loop);
    const { rss, heapUsed } = process.memoryUsage();
    const sample: Sample = {
      timeMs: Date.now(),
      cpu: (used.user + used.system) / 1_000 / Math.max(1, nowMs - atMs),
      eventLoop: busy.utilization,
      residentBytes: rss,
      heapBytes: heapUsed,
    };
    atMs = nowMs;
    cpu = process.cpuUsage();
    loop = clock.eventLoopUtilization();
    return sample;
  };
}

/** Names and units of OpenTelemetry's conventions for processes and runtimes. */
function bodyOf({ attributes }: Resource, { timeMs, ...sample }: Sample, masked: ReadonlyMap<string, number>): string {
  const timeUnixNano = `${timeMs}000000`;
  const gauge = (name: string, unit: string, value: number, isWhole: boolean) => ({
    name,
    unit,
    gauge: { dataPoints: [{ timeUnixNano, ...(isWhole ? { asInt: value } : { asDouble: value }) }] },
  });
  const metrics = [
    gauge('process.cpu.utilization', '1', sample.cpu, false),
    gauge('process.memory.usage', 'By', sample.residentBytes, true),
    gauge('v8js.memory.heap.used', 'By', sample.heapBytes, true),
    gauge('nodejs.eventloop.utilization', '1', sample.eventLoop, false),
    ...maskedCounter(masked, timeUnixNano),
  ];
  const scope = { name: 'hallmark' };
  return JSON.stringify({
    resourceMetrics: [{ resource: { attributes: attributesJson(attributes) }, scopeMetrics: [{ scope, metrics }] }],
  });
}

/** Of a process in which nothing was masked there is none. */
function maskedCounter(masked: ReadonlyMap<string, number>, timeUnixNano: string): object[] {
  if (masked.size === 0) return [];
  const startTimeUnixNano = `${Math.round(clock.timeOrigin)}000000`;
  const dataPoints = [...masked].map(([kind, times]) => ({
    startTimeUnixNano,
    timeUnixNano,
    asInt: times,
    attributes: attributesJson({ kind }),
  }));
  const sum = { aggregationTemporality: CUMULATIVE, isMonotonic: true, dataPoints };
  return [{ name: 'hallmark.redaction.masked', unit: '{value}', sum }];
}

/** Once a minute a connection of its own is cheaper than one that is kept. */
function post({ url, headers }: MetricSettings, body: string, onStatus: (status: number) => void): void {
  const { request } = url.startsWith('https:') ? require('node:https') : require('node:http');
  context.with(suppressTracing(ROOT_CONTEXT), () => {
    const options = {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    };
    const outgoing = (request as typeof import('node:http').request)(url, options, (response) => {
      onStatus(response.statusCode ?? 0);
      response.resume();
    });
    outgoing.on('socket', (socket) => socket.unref());
    outgoing.on('error', () => undefined);
    outgoing.end(body);
  });
}
