import { writeFileSync } from 'node:fs';
import { type Attribute, ROOT, readAttributes } from './attributes.js';

const SOURCE = 'catalogue/attributes.yaml by: npm run catalogue -- --generate';
const DEFAULT_LONGEST = 1_024;

/** What is made of the list of attributes: path below the root, and content. */
export function generatedFiles(attributes: readonly Attribute[] = readAttributes()): Map<string, string> {
  return new Map([
    ['demo-services/foundation/src/attributes.ts', constants(attributes)],
    ['elasticsearch/templates/component/hallmark@attributes.json', template(attributes)],
    ['docs/attributes.md', page(attributes)],
  ]);
}

export function writeGenerated(): string[] {
  const files = generatedFiles();
  for (const [path, content] of files) writeFileSync(`${ROOT}${path}`, content);
  return [...files.keys()];
}

/** `order.id` becomes `ATTR_ORDER_ID`, as in OpenTelemetry's own semantic conventions. */
function constantName(name: string): string {
  return `ATTR_${name.toUpperCase().replaceAll('.', '_')}`;
}

function constants(attributes: readonly Attribute[]): string {
  const lines = attributes.map((attribute) => {
    const { name, meaning, unit } = attribute;
    const text = `${meaning[0]?.toUpperCase()}${meaning.slice(1)}.${unit ? ` Unit: ${unit}.` : ''}`;
    return `/** ${text} */\nexport const ${constantName(name)} = '${name}';\n`;
  });
  const types = attributes.map(({ name, type }) => {
    const isNumber = type === 'integer' || type === 'double';
    return `  [${constantName(name)}]?: ${isNumber ? 'number' : 'string'} | undefined;\n`;
  });
  return `// Generated from ${SOURCE}\n\n${lines.join('\n')}
/** What a record may carry, with the type that each attribute is declared with. */
export interface RecordAttributes {\n${types.join('')}}\n`;
}

function template(attributes: readonly Attribute[]): string {
  const properties = Object.fromEntries(attributes.map((attribute) => [attribute.name, field(attribute)]));
  const content = {
    _meta: { managed_by: 'hallmark', description: `The declared attributes of records. Generated from ${SOURCE}` },
    template: {
      mappings: { properties: { attributes: { type: 'passthrough', priority: 30, dynamic: true, properties } } },
    },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function field({ type, longest = DEFAULT_LONGEST, exact }: Attribute): object {
  const keyword = { type: 'keyword', ignore_above: longest };
  switch (type) {
    case 'keyword':
      return keyword;
    case 'text':
      return { type: 'text', norms: false, ...(exact && { fields: { keyword } }) };
    case 'integer':
      // What was masked is a text: it is kept and only not indexed.
      return { type: 'long', ignore_malformed: true };
    case 'double':
      return { type: 'double', ignore_malformed: true };
  }
}

function page(attributes: readonly Attribute[]): string {
  const rows = attributes.map(({ name, type, unit = '', meaning, example }) => {
    const shown = JSON.stringify(example).replaceAll('|', '\\|');
    return `| \`${name}\` | ${type} | ${unit} | ${meaning} | \`${shown}\` |\n`;
  });
  return `# The attributes of records

Generated from ${SOURCE}

A record has each of them under \`attributes.\` in Elasticsearch. A keyword is found as a whole, a text by its words.

| name | type | unit | meaning | example |
|---|---|---|---|---|
${rows.join('')}`;
}
