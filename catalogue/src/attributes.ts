import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

/** The root of the checkout. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const FILE = 'catalogue/attributes.yaml';

const attribute = z.strictObject({
  name: z.string().regex(/^[a-z]\w*(\.[a-z]\w*)*$/, 'must be words with dots between them'),
  type: z.enum(['keyword', 'text', 'integer', 'double']),
  meaning: z.string().min(1),
  unit: z.string().optional(),
  example: z.union([z.string(), z.number()]),
  longest: z.number().int().positive().optional(),
  exact: z.boolean().optional(),
});

const schema = z.strictObject({ attributes: z.array(attribute) });

/** One declared attribute of the records. */
export type Attribute = z.infer<typeof attribute>;

/** The declared attributes, in their order. Throws one line that names the place where the list is wrong. */
export function readAttributes(): Attribute[] {
  const result = schema.safeParse(parse(readFileSync(`${ROOT}${FILE}`, 'utf8')));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new Error(`${FILE}: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { attributes } = result.data;
  const names = attributes.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice) throw new Error(`${FILE}: '${twice}' is declared twice`);
  const wrong = attributes.find(({ type, example }) => !hasType(example, type));
  if (wrong) throw new Error(`${FILE}: the example of '${wrong.name}' is no ${wrong.type}`);
  return attributes;
}

/** Whether a record's value is what the attribute's type says. */
export function hasType(value: unknown, type: Attribute['type']): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'double':
      return typeof value === 'number';
    case 'keyword':
    case 'text':
      return typeof value === 'string';
  }
}
