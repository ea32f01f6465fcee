import assert from 'node:assert/strict';
import { Sessions } from './sessions.js';

describe('the sessions of the page', () => {
  it('open by a link once', () => {
    const sessions = new Sessions();
    const token = sessions.newLink();
    const secret = sessions.open(token);
    assert.ok(secret !== undefined && secret !== token);
    assert.equal(sessions.open(token), undefined);
    assert.equal(sessions.isOpen(secret), true);
  });

  it('do not open by what was never given', () => {
    const sessions = new Sessions();
    const token = sessions.newLink();
    assert.equal(sessions.open(''), undefined);
    assert.equal(sessions.open(`${token.slice(0, -1)}~`), undefined);
    assert.equal(sessions.isOpen(undefined), false);
    assert.equal(sessions.isOpen(token), false);
  });

  it('end after half a day', () => {
    let nowMs = 0;
    const sessions = new Sessions(() => nowMs);
    const secret = sessions.open(sessions.newLink());
    nowMs = 12 * 3_600_000 - 1;
    assert.equal(sessions.isOpen(secret), true);
    nowMs += 1;
    assert.equal(sessions.isOpen(secret), false);
  });

  it('keep only the newest twenty links open', () => {
    const sessions = new Sessions();
    const tokens = Array.from({ length: 21 }, () => sessions.newLink());
    assert.equal(sessions.open(tokens[0] ?? ''), undefined);
    assert.ok(sessions.open(tokens[1] ?? ''));
  });
});
