import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from './files.js';
import { compilePolicy } from './redactor.js';

const redactor = compilePolicy(readPolicy(), { loadPhones });

describe('a value whose spaces are encoded', () => {
  it('is masked up to the end of its field', () => {
    for (const [text, clean] of [
      ['"GET /reset?passphrase=aa%20bb%20cc HTTP/1.1" 200', '"GET /reset?passphrase=**** HTTP/1.1" 200'],
      ['password=aa+bb+cc&remember=1', 'password=****&remember=1'],
      ['utf8=1&user[passphrase]=aa+bb&commit=Save', 'utf8=1&user[passphrase]=****&commit=Save'],
      ['GET /x?pwd=aa%20bb took 12 ms', 'GET /x?pwd=**** took 12 ms'],
      ['surname=de%20la%20cruz&x=1', 'surname=****&x=1'],
      ['/x?next=%2Fy%3Fpassword%3Daa%2520bb%26a%3D1&z=2', '/x?next=%2Fy%3Fpassword%3D****%26a%3D1&z=2'],
      ['{"url":"/x?password=aa%20bb","n":1}', '{"url":"/x?password=****","n":1}'],
      ['{\\"url\\":\\"/x?password=aa%20bb\\",\\"n\\":1}', '{\\"url\\":\\"/x?password=****\\",\\"n\\":1}'],
      ['<a href="/x?password=aa%20bb&amp;n=1">', '<a href="/x?password=****&amp;n=1">'],
      ['(see /x?password=aa%26bb%20cc)', '(see /x?password=****)'],
      ['password=aa+bb, x=1; token=Zz1+q2/r3==', 'password=****, x=1; token=****'],
    ] as const)
      assert.equal(redactor.text(text), clean);
  });

  it('ends at a space that is none of an encoding', () => {
    for (const [text, clean] of [
      ['a=1+2 password=hunter2 refused', 'a=1+2 password=**** refused'],
      ['/x?q=a%20b password=hunter2 refused', '/x?q=a%20b password=**** refused'],
      ['q=password%3Dhunter2%20refused&page=1', 'q=password%3D****%20refused&page=1'],
      ['/find?q=aa%20bb%20cc&page=2', '/find?q=aa%20bb%20cc&page=2'],
      ['note=aa+bb+cc&has_password=true', 'note=aa+bb+cc&has_password=true'],
    ] as const)
      assert.equal(redactor.text(text), clean);
  });
});
