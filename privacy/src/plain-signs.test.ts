import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from './files.js';
import { compilePolicy } from './redactor.js';

const redactor = compilePolicy(readPolicy(), { loadPhones });

describe('spaces and hyphens that are not plain', () => {
  it('stand in an address as plain ones do', () => {
    for (const space of ['\u00a0', '\u202f', '\u2009', '\u3000']) {
      for (const address of ['пр-т Мира, д. 23, кв. 152', '18A Queens Road, London SW6 1HS', 'ул Ленина, 5'])
        assert.equal(redactor.text(`at ${address.replaceAll(' ', space)} now`), 'at **** now', escape(space));
    }
    assert.equal(redactor.text('<td>18A&nbsp;Queens&nbsp;Road</td>'), '<td>****</td>');
    assert.equal(redactor.text('пр‑т Мира, д. 23'), '****');
  });

  it('stand in a phone number as plain ones do', () => {
    for (const hyphen of ['\u2010', '\u2011', '\u2012', '\u2013', '\u2212'])
      assert.equal(redactor.text(`call 206-365-5399 now`.replaceAll('-', hyphen)), 'call **** now', escape(hyphen));
    assert.equal(redactor.text('call (206)‑365‑5399'), 'call ****');
  });

  it('leave other texts as they are', () => {
    for (const text of [
      'paid 12\u00a0000\u00a0₽',
      'open 10–18, 2019–2020',
      '3\u00a0files',
      'ready — 12 of 14',
      '10‑bit',
    ])
      assert.equal(redactor.text(text), text);
  });

  it('are written as + in a form', () => {
    assert.equal(redactor.text('page=2&q=5379+Oak+Ridge+Court'), 'page=2&q=****');
    assert.equal(redactor.text('subject=hi&text=4099+N.+Clark+Court&lang=en'), 'subject=hi&text=****&lang=en');
    assert.equal(redactor.text('q=a+Street+of+silver&x=1'), 'q=a+Street+of+silver&x=1');
  });
});
