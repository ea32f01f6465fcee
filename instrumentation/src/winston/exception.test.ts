import assert from 'node:assert/strict';
import { exceptionAttributes } from './exception.js';

const told = (error: unknown) => exceptionAttributes(error) as Record<string, string>;

describe('exception attributes of an AggregateError', () => {
  it('tell its errors in the stack trace, and their messages where it has none itself', () => {
    const refused = new AggregateError([new Error('connect ECONNREFUSED ::1:5432'), new TypeError('second'), 'text']);
    const attributes = told(refused);
    assert.equal(attributes['exception.type'], 'AggregateError');
    assert.equal(attributes['exception.message'], 'connect ECONNREFUSED ::1:5432; second; text');
    const stack = attributes['exception.stacktrace'] ?? '';
    assert.match(stack, /Error 1 of 3: Error: connect ECONNREFUSED ::1:5432\n\s+at /);
    assert.match(stack, /Error 2 of 3: TypeError: second\n/);
    assert.match(stack, /Error 3 of 3: text$/);
    assert.equal(
      told(new AggregateError([], 'All promises were rejected'))['exception.message'],
      'All promises were rejected',
    );
  });

  it('are bounded for a thousand errors with long messages', () => {
    const errors = Array.from({ length: 1_000 }, (_value, index) => new Error(`${index} ${'x'.repeat(50_000)}`));
    const stack = told(new AggregateError(errors, 'all'))['exception.stacktrace'] ?? '';
    assert.ok(stack.length < 17_000, `${stack.length}`);
    assert.match(stack, /Error 10 of 1000: /);
    assert.match(stack, /… 990 more$/);
  });

  it('survive errors that can not be read', () => {
    const odd = new AggregateError([1]);
    Object.defineProperty(odd, 'errors', {
      get() {
        throw new Error('never');
      },
    });
    assert.equal(told(odd)['exception.type'], 'AggregateError');
  });
});
