import { BlockList, isIP } from 'node:net';
import type { Environment } from '../settings/environment.js';
import { limits } from '../settings/limits.js';

/** Says whether context keys may be sent to a host and port. */
export type Destinations = (host: string | undefined, port: number | undefined) => boolean;
/** Says whether context keys are taken in from a peer: an IP address, or a host name for a message broker. */
export type Peers = (address: string | undefined) => boolean;

const NOBODY = () => false;
const EVERYBODY = () => true;

function bare(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/^::ffff:(?=\d+\.)/, '');
}

/** `host[:port]` patterns: `*` is any run of characters in a host, alone any destination. Without a port, any port. */
export function parseDestinations(env: Environment, name: string): Destinations {
  const patterns = env.list(name).flatMap((pattern) => {
    const match =
      isIP(pattern) === 6 ? [pattern, pattern] : /^(\*|\[[0-9a-f:.]+\]|[^:]+)(?::(\d{1,5}))?$/i.exec(pattern);
    if (!match || Number(match[2] ?? 1) > 65_535 || pattern.length > limits.contextValueChars) {
      env.ignore(name, 'not host or host:port');
      return [];
    }
    const host = bare(match[1] ?? '')
      .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*');
    return [{ host: new RegExp(`^${host}$`), port: match[2] ? Number(match[2]) : undefined }];
  });
  if (patterns.length === 0) return NOBODY;
  const decided = new Map<string, boolean>();
  return (host, port) => {
    if (host === undefined) return false;
    const key = `${host} ${port}`;
    const known = decided.get(key);
    if (known !== undefined) return known;
    const allowed = patterns.some((pattern) => pattern.host.test(bare(host)) && (pattern.port ?? port) === port);
    if (decided.size < 1_000) decided.set(key, allowed);
    return allowed;
  };
}

/** Addresses, CIDR blocks and host names. `localhost` stands for the loopback addresses too. */
export function parsePeers(env: Environment, name: string): Peers {
  const entries = env.list(name);
  if (entries.length === 0) return NOBODY;
  const block = new BlockList();
  const names = new Set<string>();
  for (const entry of entries) {
    const [address = '', prefix] = bare(entry).split('/');
    const family = isIP(address);
    const bits = prefix === undefined ? (family === 4 ? 32 : 128) : Number(prefix);
    if (family === 0 && prefix === undefined && /^[a-z0-9.-]+$/.test(address)) names.add(address);
    else if (family !== 0 && Number.isInteger(bits) && bits >= 0 && bits <= (family === 4 ? 32 : 128)) {
      block.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6');
    } else env.ignore(name, 'not an address, a CIDR block or a host name');
  }
  if (names.has('localhost')) addLoopback(block);
  if (block.check('127.0.0.1') || block.check('::1', 'ipv6')) names.add('localhost');
  return (address) => {
    if (address === undefined) return false;
    const peer = bare(address);
    const family = isIP(peer);
    return family === 0 ? names.has(peer) : block.check(peer, family === 4 ? 'ipv4' : 'ipv6');
  };
}

/** As `parsePeers`, but nothing and `*` are everybody, and `none` is nobody. A list with nothing usable in it is nobody. */
export function parsePeersOrEverybody(env: Environment, name: string): Peers {
  const entries = env.list(name);
  if (entries.length === 0 || entries.includes('*')) return EVERYBODY;
  if (entries.join() === 'none') return NOBODY;
  // A peer has an address and no name.
  const named = entries.some((entry) => isIP(bare(entry).split('/')[0] ?? '') === 0 && bare(entry) !== 'localhost');
  if (named) env.ignore(name, 'addresses, CIDR blocks and localhost, or * for everybody, or none for nobody');
  return parsePeers(env, name);
}

function addLoopback(block: BlockList): void {
  block.addSubnet('127.0.0.0', 8, 'ipv4');
  block.addAddress('::1', 'ipv6');
}
