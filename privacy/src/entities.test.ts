import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from './files.js';
import { compilePolicy } from './redactor.js';

const redactor = compilePolicy(readPolicy(), { loadPhones });

describe('character references of HTML', () => {
  it('hide nothing', () => {
    for (const [text, clean] of [
      ['jane&#64;example.com', '****@example.com'],
      ['jane&#x40;example.com', '****@example.com'],
      ['to jane&commat;example.com, please', 'to ****@example.com, please'],
      ['jane&amp;#64;example.com', '****@example.com'],
      ['&quot;phone&quot;:&quot;12345&quot;,&quot;id&quot;:7', '&quot;phone&quot;:&quot;****&quot;,&quot;id&quot;:7'],
      ['&#43;7 916 123-45-67', '****'],
    ] as const)
      assert.equal(redactor.text(text), clean);
  });

  it('stay where they hide nothing, whatever their number', () => {
    for (const text of ['a &amp; b &lt;c&gt;', '&#0; &#xD800; &#9999999; &#;', '/x?a=1&lt=5&#top'])
      assert.equal(redactor.text(text), text);
  });
});
