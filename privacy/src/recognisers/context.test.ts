import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from '../files.js';
import { compilePolicy } from '../redactor.js';

describe('a form that counts only beside a context word', () => {
  const own = {
    bonus: {
      about: 'Bonus cards',
      context: ['bonus'],
      forms: [{ pattern: 'QX[0-9]{6}', hint: ['QX1', 'QX2'], context_only: true }],
    },
  };
  const ours = compilePolicy({ ...readPolicy(), own }, { loadPhones });

  it('is masked beside one, on either side, and nowhere else', () => {
    assert.equal(ours.text('bonus QX123456'), 'bonus ****');
    assert.equal(ours.text('bonus of the buyer: QX123456'), 'bonus of the buyer: ****');
    assert.equal(ours.text('QX123456 is his bonus'), '**** is his bonus');
    for (const text of [
      'QX123456',
      'bonus is more than four words before QX123456',
      'bonus; QX123456',
      'bonuses QX123456',
    ])
      assert.equal(ours.text(text), text);
  });
});
