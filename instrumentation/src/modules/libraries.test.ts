import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import { libraries } from './libraries.js';

const require = createRequire(import.meta.url);

/** Modules of upstream's instrumentation, as it registers them. */
function modulesOf(instrumentation: Instrumentation): string[] {
  const { getModuleDefinitions } = instrumentation as { getModuleDefinitions?: () => { name: string }[] };
  return [...new Set((getModuleDefinitions?.call(instrumentation) ?? []).map(({ name }) => name))].sort();
}

describe('the libraries that can be instrumented', () => {
  // Through its own require, since the package names its classes by a table of its own.
  const { getNodeAutoInstrumentations } = require('@opentelemetry/auto-instrumentations-node') as {
    getNodeAutoInstrumentations(config: Record<string, { enabled: boolean }>): Instrumentation[];
  };
  const upstream = getNodeAutoInstrumentations({
    '@opentelemetry/instrumentation-fs': { enabled: true },
    '@opentelemetry/instrumentation-host-metrics': { enabled: true },
  });
  after(() => {
    for (const instrumentation of upstream) instrumentation.disable();
  });

  it('are those of auto-instrumentations-node, brought in by the same modules', () => {
    const expected = upstream.map((instrumentation) => [
      instrumentation.instrumentationName.replace('@opentelemetry/instrumentation-', ''),
      modulesOf(instrumentation),
    ]);
    const ours = libraries.map(({ name, modules }) => [name, [...modules].sort()]);
    const byName = (a: unknown[], b: unknown[]) => String(a[0]).localeCompare(String(b[0]));
    assert.deepEqual(ours.sort(byName), expected.sort(byName));
  });
});
