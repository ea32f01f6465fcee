import assert from 'node:assert/strict';
import { Refusal } from '@hallmark/foundation';
import { requireCsrf } from './csrf.js';

describe("a form's token", () => {
  const session = { csrf: 'the-token-of-this-session' };

  it('is accepted when it is that of the session', () => {
    requireCsrf(session, 'the-token-of-this-session');
  });

  it('is refused with 403 when it is missing, another, or no text', () => {
    for (const sent of [
      undefined,
      '',
      'the-token-of-this-sessio',
      'THE-TOKEN-OF-THIS-SESSION',
      ['the-token-of-this-session'],
      {},
    ]) {
      assert.throws(
        () => requireCsrf(session, sent),
        (error) => error instanceof Refusal && error.status === 403,
      );
    }
  });
});
