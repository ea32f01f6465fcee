import assert from 'node:assert/strict';
import { Environment } from '../settings/environment.js';
import { parseDestinations, parsePeers, parsePeersOrEverybody } from './peers.js';

function destinations(text: string) {
  return parseDestinations(new Environment({ LIST: text }), 'LIST');
}

function peers(text: string) {
  return parsePeers(new Environment({ LIST: text }), 'LIST');
}

describe('destinations', () => {
  it('are none by default', () => {
    assert.equal(destinations('')('127.0.0.1', 80), false);
  });

  it('match a host at any port, or at one', () => {
    const allowed = destinations('127.0.0.1, crm-api:8080');
    assert.equal(allowed('127.0.0.1', 4000), true);
    assert.equal(allowed('crm-api', 8080), true);
    assert.equal(allowed('CRM-API', 8080), true);
    assert.equal(allowed('crm-api', 8081), false);
    assert.equal(allowed('xcrm-api', 8080), false);
    assert.equal(allowed(undefined, 8080), false);
  });

  it('match by asterisk and read IPv6 addresses', () => {
    assert.equal(destinations('*')('anything.example', 1), true);
    assert.equal(destinations('*.internal')('mes.internal', 1), true);
    assert.equal(destinations('*.internal')('mes.internal.example', 1), false);
    assert.equal(destinations('[::1]:80')('[::1]', 80), true);
    assert.equal(destinations('::1')('::1', 80), true);
  });

  it('are no texts that are longer than any host', () => {
    const env = new Environment({ LIST: `good,${'a'.repeat(100_000)}` });
    assert.equal(parseDestinations(env, 'LIST')('other', 1), false);
    assert.deepEqual([...env.ignored.keys()], ['LIST']);
  });

  it('name a variable that is wrong and go on with the rest', () => {
    const env = new Environment({ LIST: 'a:b:c, good' });
    assert.equal(parseDestinations(env, 'LIST')('good', 1), true);
    assert.deepEqual([...env.ignored.keys()], ['LIST']);
  });
});

describe('peers', () => {
  it('are nobody by default', () => {
    assert.equal(peers('')('127.0.0.1'), false);
  });

  it('match addresses, IPv4 also as IPv6 sockets show it, and CIDR blocks', () => {
    const accepted = peers('127.0.0.1, 10.1.0.0/16, ::1');
    assert.equal(accepted('127.0.0.1'), true);
    assert.equal(accepted('::ffff:127.0.0.1'), true);
    assert.equal(accepted('10.1.200.3'), true);
    assert.equal(accepted('10.2.0.1'), false);
    assert.equal(accepted('::1'), true);
    assert.equal(accepted('::2'), false);
    assert.equal(accepted(undefined), false);
  });

  it('match a broker by its host name, and loopback by its name', () => {
    assert.equal(peers('rabbit.internal')('rabbit.internal'), true);
    assert.equal(peers('rabbit.internal')('rabbit.example'), false);
    assert.equal(peers('127.0.0.1')('localhost'), true);
    assert.equal(peers('localhost')('127.0.0.1'), true);
  });

  it('are everybody by default, or nobody, for a list that says so', () => {
    const accepted = (text: string) => parsePeersOrEverybody(new Environment({ LIST: text }), 'LIST');
    assert.equal(accepted('')(undefined), true);
    assert.equal(accepted('10.0.0.1,*')('192.0.2.1'), true);
    assert.equal(accepted('none')('127.0.0.1'), false);
    assert.equal(accepted('10.0.0.0/8')('10.9.9.9'), true);
    assert.equal(accepted('10.0.0.0/8')('192.0.2.1'), false);
    assert.equal(accepted('10.0.0.0/64')('192.0.2.1'), false);
  });

  it('name a variable that is wrong', () => {
    const env = new Environment({ LIST: '10.0.0.0/99' });
    assert.equal(parsePeers(env, 'LIST')('10.0.0.1'), false);
    assert.deepEqual([...env.ignored.keys()], ['LIST']);
  });
});
