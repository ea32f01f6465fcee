import assert from 'node:assert/strict';
import { readPolicy } from '../files.js';
import type { Kind, Policy } from '../schema.js';
import { collectorRules } from './emulate.js';

const policy = readPolicy();
const form = { pattern: 'HML[0-9]{10}', hint: ['HML'] };
const loyalty: Kind = { about: 'Our loyalty cards', keys: ['loyalty card'], context: ['loyalty', 'bonus'] };

function masked(text: string, changed: Partial<Policy>): string {
  const { body } = JSON.parse(collectorRules({ ...policy, ...changed }, JSON.stringify({ body: text })).json);
  return body;
}

describe('a kind of the policy in the collector', () => {
  it('leaves texts with its context word alone when nothing is told by it', () => {
    const own = { loyalty: { ...loyalty, forms: [form] } };
    assert.equal(masked('loyalty points added', { own }), 'loyalty points added');
    assert.equal(masked('loyalty points, HML1234567890', { own }), 'loyalty points, ****');
  });

  it('finds a form that counts only beside a context word there, and nowhere else', () => {
    const own = { loyalty: { ...loyalty, forms: [{ ...form, context_only: true }] } };
    assert.equal(masked('bonus number is HML1234567890', { own }), 'bonus number is ****');
    assert.equal(masked('HML1234567890 is of the bonus', { own }), '**** is of the bonus');
    assert.equal(masked('shelf HML1234567890', { own }), 'shelf HML1234567890');
  });

  it('is replaced by the mask of the policy', () => {
    const text = 'password: hunter2, seen ann.lee@example.com, card 4111111111111111';
    assert.equal(masked(text, { mask: '##' }), 'password: ##, seen ##@example.com, card ##1111');
    assert.equal(masked('{"phone":"##"}', { mask: '##' }), '{"phone":"##"}');
  });

  it('keeps what the policy says', () => {
    const { card, email } = policy.kinds as { card: Kind; email: Kind };
    const kinds = { ...policy.kinds, card: { ...card, keep: 'nothing' as const }, email: { ...email, recognise: [] } };
    assert.equal(masked('4111111111111111', { kinds }), '****');
    assert.equal(masked('seen ann.lee@example.com', { kinds }), 'seen ann.lee@example.com');
  });
});
