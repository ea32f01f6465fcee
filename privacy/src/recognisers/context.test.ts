import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from '../files.js';
import { compilePolicy } from '../redactor.js';

const redactor = compilePolicy(readPolicy(), { loadPhones });

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

describe('a context word', () => {
  it('makes a date in words one of birth', () => {
    for (const [text, clean] of [
      ['born on March 5, 1990', 'born on ****'],
      ['BORN 5TH OF MARCH 1990, in Kazan', 'BORN ****, in Kazan'],
      ['родился 5 мая 1990 года', 'родился **** года'],
      ['born 12 марта 1985 г.', 'born **** г.'],
      ['родилась 3-го июня 1985 г.', 'родилась **** г.'],
    ] as const)
      assert.equal(redactor.text(text), clean);
    for (const text of ['sent on March 5, 1990', '5 мая 1990 года', 'born in March'])
      assert.equal(redactor.text(text), text);
  });

  it('makes a code with letters a tax number', () => {
    assert.equal(redactor.text('VAT number DE123456789'), 'VAT number ****');
    assert.equal(redactor.text('VAT DE123456789'), 'VAT DE123456789');
  });

  it('makes no number of one that has a unit, or that its neighbour names', () => {
    for (const text of [
      'PIN code check passed in 1234 ms',
      'otp sent to 12345 rows, pin checked 5000 s ago',
      'серия тестов 123456',
      'partition 79161234567, lag 79161234567',
      'took 79161234567 ns',
      'offset 4111111111111111, offset=4111111111111111, copied 4111111111111111 bytes',
    ])
      assert.equal(redactor.text(text), text);
    for (const [text, clean] of [
      ['pin 1234 sent', 'pin **** sent'],
      ['phone 1234567 s 9 do 18', 'phone **** s 9 do 18'],
      ['4111111111111111 s', '****1111 s'],
      ['серия 4509 123456', 'серия ****'],
    ] as const)
      assert.equal(redactor.text(text), clean);
  });
});
