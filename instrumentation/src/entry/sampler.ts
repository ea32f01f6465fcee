import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  createAlwaysRecordSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import type { Environment } from '../settings/environment.js';

const NAMES = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

let asked: Sampler | undefined;

/** Puts a ratio in the place of the configured root sampler, where that may be asked. @param ratio undefined: the configured one again */
export function askSampling(ratio: number | undefined): void {
  asked = ratio === undefined ? undefined : new TraceIdRatioBasedSampler(ratio);
}

/** Traces that begin elsewhere are sampled as they were there: asked or not, none has holes. */
function orAsked(configured: Sampler): Sampler {
  return {
    shouldSample: (...begun) => (asked ?? configured).shouldSample(...begun),
    toString: () => configured.toString(),
  };
}

/**
 * The sampler of OTEL_TRACES_SAMPLER and OTEL_TRACES_SAMPLER_ARG. Spans that it rejects are recorded all the same and only not
 * exported, since log records are made from them: sampling of traces takes no logs away.
 *
 * @param mayBeAsked whether `askSampling` is to have an effect
 */
export function createSampler(env: Environment, mayBeAsked: boolean): Sampler {
  const name = env.choice('OTEL_TRACES_SAMPLER', NAMES, 'parentbased_always_on');
  const configured = rootSampler(name.replace('parentbased_', ''), env);
  const root = mayBeAsked ? orAsked(configured) : configured;
  return createAlwaysRecordSampler(name.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root);
}

function rootSampler(name: string, env: Environment): Sampler {
  if (name === 'always_off') return new AlwaysOffSampler();
  if (name !== 'traceidratio') return new AlwaysOnSampler();
  const ratio = Number(env.text('OTEL_TRACES_SAMPLER_ARG') ?? 1);
  if (ratio >= 0 && ratio <= 1) return new TraceIdRatioBasedSampler(ratio);
  env.ignore('OTEL_TRACES_SAMPLER_ARG', 'not a number from 0 to 1');
  return new AlwaysOnSampler();
}
