import assert from 'node:assert/strict';
import { escapeHtml, html } from './html.js';

describe('a page', () => {
  it('shows values as text, in elements and in attributes', () => {
    const typed = `<img src=x onerror='alert("1")'> & more`;
    const { text } = html`<p title="${typed}">${typed}</p>`;
    const shown = '&lt;img src=x onerror=&#39;alert(&quot;1&quot;)&#39;&gt; &amp; more';
    assert.equal(text, `<p title="${shown}">${shown}</p>`);
  });

  it('takes pieces of pages as they are, alone and in rows', () => {
    const rows = ['a', '<b>'].map((name) => html`<li>${name}</li>`);
    assert.equal(html`<ul>${rows}</ul>${html`<hr>`}`.text, '<ul><li>a</li><li>&lt;b&gt;</li></ul><hr>');
  });

  it('shows nothing for undefined, and 0 for 0', () => {
    assert.equal(html`[${undefined}${0}]`.text, '[0]');
  });

  it('does not believe an object that only looks like a piece of a page', () => {
    const forged = JSON.parse('["<script>"]');
    assert.equal(html`${forged}`.text, '&lt;script&gt;');
  });

  it('escapes the ampersand first', () => {
    assert.equal(escapeHtml('&lt;'), '&amp;lt;');
  });
});
