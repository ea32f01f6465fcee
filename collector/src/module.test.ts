import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const read = (file: string) => readFileSync(resolve(import.meta.dirname, '..', file), 'utf8');
const configuration = read('otel-collector.yaml');
const list = read('module/builder.yaml');

/** Types whose module is not named after them: the OTLP exporter got a new type and kept its module. */
const otherNames: Readonly<Record<string, string>> = { otlp_grpc: 'otlpexporter', file_storage: 'filestorage' };

/** Built in for the bench alone, which measures the generated rules beside it. */
const measuredPeers: Readonly<Record<string, readonly string[]>> = { processors: ['redaction'] };

/**
 * What the service of the configuration names, in its pipelines or as its extensions: ids without what stands after the slash. A connector
 * is named as the exporter of one pipeline and the receiver of another.
 */
function usedTypes(sort: string): string[] {
  const connectors = definedTypes('connectors');
  const named = (key: string) => {
    const service = configuration.slice(configuration.indexOf('\nservice:\n'));
    const lists = [...service.matchAll(new RegExp(`^ +${key}: \\[(.*)\\]$`, 'gm'))];
    const ids = lists.flatMap(([, names = '']) => names.split(',').map((name) => name.trim()));
    return [...new Set(ids.map((id) => id.replace(/\/.*/, '')))].sort();
  };
  if (sort !== 'connectors') return named(sort).filter((type) => !connectors.includes(type));
  const receiving = named('receivers');
  return named('exporters').filter((type) => receiving.includes(type) && connectors.includes(type));
}

/** What the configuration defines under a key of its first level. */
function definedTypes(sort: string): string[] {
  const ids = [...sectionOf(configuration, sort).matchAll(/^ {2}([a-z_]+)(?:\/[a-z_]+)?:/gm)].map(
    ([, type = '']) => type,
  );
  return [...new Set(ids)].sort();
}

/** What the module is built from: path and version of each. */
function builtModules(sort: string): { path: string; version: string }[] {
  return [...sectionOf(list, sort).matchAll(/^ {2}- gomod: (\S+) (\S+)$/gm)].map(([, path = '', version = '']) => ({
    path,
    version,
  }));
}

function sectionOf(yaml: string, key: string): string {
  return new RegExp(`^${key}:\\n((?: .*\\n|\\n|#.*\\n)*)`, 'm').exec(yaml)?.[1] ?? '';
}

/** `memory_limiter` of the processors is built from …/memorylimiterprocessor. */
function moduleOf(type: string, sort: string): string {
  return otherNames[type] ?? type.replaceAll('_', '') + sort.replace(/s$/, '');
}

describe("the collector's module", () => {
  for (const sort of ['receivers', 'processors', 'exporters', 'extensions', 'connectors']) {
    it(`holds exactly the ${sort} that the configuration uses or the bench measures`, () => {
      const used = usedTypes(sort);
      assert.deepEqual(definedTypes(sort), used);
      assert.deepEqual(
        builtModules(sort)
          .map(({ path }) => path.slice(path.lastIndexOf('/') + 1))
          .sort(),
        [...used, ...(measuredPeers[sort] ?? [])].map((type) => moduleOf(type, sort)).sort(),
      );
    });
  }

  it('masks what is read from logs and checks as it masks the records of services', () => {
    const pipelines = [
      ...configuration.matchAll(/^ {4}(\S+):\n {6}receivers: \[(.*)\]\n.*\n {6}exporters: \[(.*)\]$/gm),
    ];
    const reading = pipelines.filter(([, , receivers = '']) => receivers.includes('file_log/'));
    assert.deepEqual(
      reading.map(([, name, , exporters]) => [name, exporters]),
      [
        ['logs/systems', 'routing/records'],
        ['logs/checks', 'routing/records'],
      ],
    );
    const fed = pipelines.filter(([, , receivers = '']) => receivers.includes('routing/'));
    assert.deepEqual(
      fed.map(([, name, receivers]) => [name, receivers]),
      [['logs', 'routing/records']],
    );
  });

  it('is generated from its list of parts', () => {
    const sorts = ['receivers', 'processors', 'exporters', 'extensions', 'connectors'];
    const parts = sorts.flatMap(builtModules).map(({ path, version }) => `${path} ${version}`);
    const generated = read('module/components.go').matchAll(/Type\(\): "([^"]+)",/g);
    assert.deepEqual([...generated].map(([, part]) => part).sort(), parts.sort());
    assert.ok(parts.length >= 5);
  });
});
