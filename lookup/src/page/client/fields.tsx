import type { Attributes, AttributeValue } from '../../story/story.js';
import { Copy } from './copy.js';
import { visible, visibleLines } from './hostile.js';
import { usePlace } from './place.js';

interface Props {
  readonly title: string;
  readonly fields: Attributes;
  /** Whether they are searched for with an `@`. */
  readonly isAttribute: boolean;
  readonly folded?: boolean;
}

/** Names and values, each with what can be done with it: copy, look for others with the same value, leave those out. */
export function Fields({ title, fields, isAttribute, folded = false }: Props) {
  const names = Object.keys(fields).sort();
  if (names.length === 0) return null;
  const table = (
    <table>
      <tbody>
        {names.map((name) => (
          <Field key={name} name={name} value={fields[name] ?? null} isAttribute={isAttribute} />
        ))}
      </tbody>
    </table>
  );
  if (!folded) {
    return (
      <section class="fields">
        <h3>{title}</h3>
        {table}
      </section>
    );
  }
  return (
    <details class="fields">
      <summary>
        <h3>{title}</h3>
      </summary>
      {table}
    </details>
  );
}

function Field({ name, value, isAttribute }: { name: string; value: AttributeValue; isAttribute: boolean }) {
  const { leave, address } = usePlace();
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const { since, from, to } = address;
  const term = `${isAttribute ? '@' : ''}${name}:${quoted(text)}`;
  const search = (q: string) => leave({ q, ...(since && { since }), ...(from && { from }), ...(to && { to }) });
  const shown = visible(name);
  return (
    <tr>
      <th scope="row">{shown}</th>
      <td>
        <span class="value">{visibleLines(text)}</span>
        <span class="acts">
          <Copy text={text} what={shown} />
          <button
            type="button"
            class="icon"
            title={`Look for ${shown} with this value`}
            aria-label={`Look for ${shown} with this value`}
            onClick={() => search(term)}
          >
            =
          </button>
          <button
            type="button"
            class="icon"
            title={`Look for errors without this ${shown}`}
            aria-label={`Look for errors without this ${shown}`}
            onClick={() => search(`level:error -${term}`)}
          >
            ≠
          </button>
        </span>
      </td>
    </tr>
  );
}

/** As the search language wants a value that is more than a word. */
function quoted(value: string): string {
  return /^[\w.-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
}
