import assert from 'node:assert/strict';
import { readFolder } from './data-files.js';

interface IndexTemplate {
  readonly index_patterns: readonly string[];
  readonly priority: number;
  readonly data_stream: object;
  readonly composed_of: readonly string[];
  /** Made out of retention.yaml where the server has index lifecycle management. */
  readonly ignore_missing_component_templates: readonly string[];
}

interface Field {
  readonly type?: string;
  readonly ignore_malformed?: boolean;
  readonly ignore_above?: number;
  readonly properties?: Readonly<Record<string, Field>>;
}

interface Component {
  readonly template: { readonly mappings?: { readonly properties: Readonly<Record<string, Field>> } };
}

describe('the index templates', () => {
  it('make data streams of logs, metrics and traces, before any stock template', async () => {
    const templates = await readFolder<IndexTemplate>('templates/index');
    const patterns = templates.map(({ content }) => [content.index_patterns, content.priority, content.data_stream]);
    assert.deepEqual(patterns, [
      [['logs-*.otel-*'], 200, {}],
      [['metrics-*.otel-*'], 200, {}],
      [['traces-*.otel-*'], 200, {}],
    ]);
  });

  it('are composed of components that are there', async () => {
    const names = (await readFolder('templates/component')).map(({ name }) => name);
    const used = (await readFolder<IndexTemplate>('templates/index')).flatMap(({ content }) =>
      content.composed_of.filter((name) => !content.ignore_missing_component_templates.includes(name)),
    );
    assert.deepEqual([...new Set(used)].sort(), names);
  });

  it('let no attribute refuse its record: numbers may become text, texts may be long', async () => {
    const strict: string[] = [];
    for (const { content } of await readFolder<Component>('templates/component')) {
      for (const [path, field] of fieldsOf(content.template.mappings?.properties ?? {}, '')) {
        if (!path.includes('attributes.')) continue;
        if (['long', 'double', 'boolean'].includes(field.type ?? '') && !field.ignore_malformed) strict.push(path);
        if (field.type === 'keyword' && !field.ignore_above) strict.push(path);
      }
    }
    assert.deepEqual(strict, []);
  });
});

function fieldsOf(properties: Readonly<Record<string, Field>>, prefix: string): [string, Field][] {
  return Object.entries(properties).flatMap(([name, field]) => [
    [prefix + name, field] as [string, Field],
    ...fieldsOf(field.properties ?? {}, `${prefix}${name}.`),
  ]);
}
