import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import { ContextManager } from './manager.js';

const key = createContextKey('request');
const first = ROOT_CONTEXT.setValue(key, 'first');
const second = ROOT_CONTEXT.setValue(key, 'second');

describe('an emitter that is bound to a context', () => {
  let manager: ContextManager;
  let emitter: EventEmitter;
  let seen: unknown[];
  const listener = () => void seen.push(manager.active().getValue(key));

  beforeEach(() => {
    manager = new ContextManager();
    emitter = manager.bind(first, new EventEmitter());
    seen = [];
  });

  it('runs its listeners there, whichever context they were added and emitted in', () => {
    manager.with(second, () => emitter.on('data', listener));
    manager.with(second, () => emitter.emit('data'));
    emitter.emit('data');
    manager.with(first, () => emitter.emit('data'));
    assert.deepEqual(seen, ['first', 'first', 'first']);
    assert.equal(manager.active(), ROOT_CONTEXT);
  });

  it('keeps what emitters do: arguments, this, the answer, once, removal', () => {
    const got: unknown[] = [];
    emitter.once('data', function (this: unknown, ...args: unknown[]) {
      got.push(this, ...args);
    });
    assert.equal(emitter.emit('data', 1, 'two'), true);
    assert.equal(emitter.emit('data'), false);
    assert.deepEqual(got, [emitter, 1, 'two']);
    emitter.on('end', listener);
    assert.deepEqual(emitter.listeners('end'), [listener]);
    emitter.off('end', listener);
    assert.equal(emitter.emit('end'), false);
    assert.deepEqual(seen, []);
  });

  it('lets the error of a listener through, and the context is as before', () => {
    emitter.on('data', () => {
      throw new Error('of the listener');
    });
    assert.throws(() => manager.with(second, () => emitter.emit('data')), /of the listener/);
    assert.equal(manager.active(), ROOT_CONTEXT);
  });

  it('stays with its first context', () => {
    assert.equal(manager.bind(second, emitter), emitter);
    emitter.on('data', listener);
    emitter.emit('data');
    assert.deepEqual(seen, ['first']);
  });
});
