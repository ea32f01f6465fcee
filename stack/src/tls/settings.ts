import { isIP } from 'node:net';
import { StackError } from '../failure.js';
import { randomPassword } from '../password.js';
import { loopback } from '../ports.js';
import { type Certificates, hostsOfMachine, makeCertificates } from './certificates.js';
import { trustAuthority } from './trust.js';

/** How the parts of a stack are protected from the network. */
export interface Protection {
  /** Set when anything is encrypted. */
  readonly certificates: Certificates | undefined;
  /** Whether the parts talk to each other by TLS. */
  readonly isBetweenParts: boolean;
  /** The address beyond loopback that the collector listens on as well, by TLS and with the token only. */
  readonly beyond: string | undefined;
  /** What senders beyond loopback show. */
  readonly token: string;
}

/** Reads HALLMARK_TLS and HALLMARK_OTLP_HOST. Throws a `StackError` for a value that is neither. */
export function readProtection(env: NodeJS.ProcessEnv): {
  readonly isBetweenParts: boolean;
  readonly beyond: string | undefined;
} {
  const tls = env.HALLMARK_TLS || 'off';
  if (tls !== 'on' && tls !== 'off') throw new StackError(`HALLMARK_TLS=${tls}: expected on or off`);
  const host = env.HALLMARK_OTLP_HOST || loopback;
  if (!isIP(host)) {
    throw new StackError(
      `HALLMARK_OTLP_HOST=${host}: expected an address of this machine, e.g. 0.0.0.0 for all of them`,
    );
  }
  return { isBetweenParts: tls === 'on', beyond: host === loopback ? undefined : host };
}

/** Makes the certificates where they are asked for, and makes this process trust them. */
export async function protect(env: NodeJS.ProcessEnv, folder: string): Promise<Protection> {
  const { isBetweenParts, beyond } = readProtection(env);
  const token = randomPassword();
  if (!isBetweenParts && beyond === undefined) return { certificates: undefined, isBetweenParts, beyond, token };
  const certificates = await makeCertificates(folder, hostsOfMachine());
  trustAuthority(certificates.authority);
  return { certificates, isBetweenParts, beyond, token };
}
