import assert from 'node:assert/strict';
import { createContextKey, ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api';
import { getRPCMetadata, RPCType } from '@opentelemetry/core';
import { RequestContext } from './request-context.js';

describe('the context of a request', () => {
  const key = createContextKey('a key');
  const other = createContextKey('another key');
  const span = trace.wrapSpanContext({ traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 }) as Span;
  const metadata = { type: RPCType.HTTP as const, span };
  const context = new RequestContext(ROOT_CONTEXT.setValue(key, 'of the parent'), span, metadata);

  it('has its span, its metadata and what its parent has', () => {
    assert.equal(trace.getSpan(context), span);
    assert.equal(getRPCMetadata(context), metadata);
    assert.equal(context.getValue(key), 'of the parent');
    assert.equal(context.getValue(other), undefined);
  });
  it('is not changed by a context that is made of it, which has all that it has', () => {
    const made = context.setValue(other, 'of the child');
    assert.equal(made.getValue(other), 'of the child');
    assert.equal(trace.getSpan(made), span);
    assert.equal(getRPCMetadata(made), metadata);
    assert.equal(made.getValue(key), 'of the parent');
    assert.equal(context.getValue(other), undefined);
  });
  it('loses a value only in the context that is made of it', () => {
    assert.equal(trace.getSpan(trace.deleteSpan(context)), undefined);
    assert.equal(context.deleteValue(key).getValue(key), undefined);
    assert.equal(trace.getSpan(context), span);
  });
});
