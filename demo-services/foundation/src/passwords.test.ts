import assert from 'node:assert/strict';
import { hashPassword, isPassword } from './passwords.js';

// A hash is slow on purpose.
describe('a password', function () {
  this.timeout(20_000);

  it('is kept as a salted hash that only the password opens', async () => {
    const stored = await hashPassword('a long password');
    assert.ok(!stored.includes('long'));
    assert.notEqual(stored, await hashPassword('a long password'));
    assert.ok(await isPassword('a long password', stored));
    assert.ok(!(await isPassword('a long passwore', stored)));
    assert.ok(!(await isPassword('', stored)));
  });

  it('is the same however its letters were composed', async () => {
    assert.ok(await isPassword('cafe\u0301 cafe\u0301', await hashPassword('caf\u00e9 caf\u00e9')));
  });

  it('opens no account that does not exist or whose hash is broken', async () => {
    for (const stored of [undefined, '', 'scrypt$$', 'scrypt$c2FsdA$']) assert.ok(!(await isPassword('', stored)));
  });
});
