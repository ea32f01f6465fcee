import assert from 'node:assert/strict';
import { deliveryAddress } from './delivery-address.js';
import { differences, orderChange, orderParameters } from './order-parameters.js';
import { Refusal, readInput } from './refusal.js';

describe('input', () => {
  const good = { metal: 'gold_585', setting: 'none', ringSize: '54' };

  it('is read as its schema says', () => {
    assert.deepEqual(readInput(orderParameters, { ...good, more: 'x' }), {
      metal: 'gold_585',
      setting: 'none',
      ringSize: 54,
    });
    assert.deepEqual(readInput(orderChange, { metal: 'gold_750' }), { metal: 'gold_750' });
  });

  it('that is wrong is refused with 400 and the name of the field', () => {
    const refuses = (input: unknown, message: RegExp) =>
      assert.throws(
        () => readInput(orderParameters, input),
        (error) =>
          error instanceof Refusal &&
          error.status === 400 &&
          message.test(error.message) &&
          !error.message.includes('\n'),
      );
    refuses({ ...good, metal: 'tin' }, /^metal: /);
    refuses({ ...good, ringSize: '54.5' }, /^ringSize: /);
    refuses({ ...good, ringSize: 'large' }, /^ringSize: /);
    refuses({ ...good, ringSize: 1e9 }, /^ringSize: /);
    refuses(undefined, /^metal: /);
    refuses('text', /^the request: /);
    refuses([], /: /);
  });

  it('that changes nothing is refused', () => {
    assert.throws(() => readInput(orderChange, {}), /at least one thing/);
  });

  it('of an address needs a name, a phone number and a place', () => {
    const person = { name: ' A B ', phone: '+49 30 123456', address: 'Street 1' };
    assert.equal(readInput(deliveryAddress, person).name, 'A B');
    assert.throws(() => readInput(deliveryAddress, { ...person, name: '  ' }), /name: must not be empty/);
    assert.throws(() => readInput(deliveryAddress, { ...person, phone: 'call me' }), /phone: must be a phone number/);
  });
});

it('the differences of two wishes are named with their old and new value', () => {
  const old = { metal: 'gold_585', setting: 'none', ringSize: 54 } as const;
  assert.deepEqual(differences(old, old), []);
  assert.deepEqual(differences(old, { ...old, metal: 'gold_750', ringSize: 55 }), [
    { field: 'metal', old: 'gold_585', now: 'gold_750' },
    { field: 'ringSize', old: '54', now: '55' },
  ]);
});
