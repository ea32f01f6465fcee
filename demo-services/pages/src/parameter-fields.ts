import type { OrderParameters } from '@hallmark/foundation';
import { type Content, html } from './html.js';
import { METAL_NAMES, SETTING_NAMES } from './names.js';

/** The part of a form in which a ring is chosen. */
export function parameterFields({ metal, setting, ringSize }: OrderParameters): Content {
  return html`<label>Metal ${select('metal', METAL_NAMES, metal)}</label>
<label>Stones ${select('setting', SETTING_NAMES, setting)}</label>
<label>Size, inner circumference in mm
<input name="ringSize" type="number" min="40" max="75" value="${ringSize}" required></label>`;
}

/** A list of values to choose from, each with its name. */
export function select(name: string, names: Record<string, string>, chosen: string): Content {
  const options = Object.entries(names).map(([value, text]) =>
    value === chosen
      ? html`<option value="${value}" selected>${text}</option>`
      : html`<option value="${value}">${text}</option>`,
  );
  return html`<select name="${name}">${options}</select>`;
}
