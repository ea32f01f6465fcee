import { chmod, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** Paths of PEM files: what the parts show, and by whom it is signed. */
export interface Certificates {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

const validDays = 825;
const dayMs = 86_400_000;
const dnsName = 2;
const ipAddress = 7;

/**
 * Makes an authority and one certificate signed by it, for the given host names and addresses. The authority's key is not kept: nobody
 * can sign more with it.
 */
export async function makeCertificates(folder: string, hosts: readonly string[]): Promise<Certificates> {
  const shared = {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + validDays * dayMs),
  } as const;
  const authority = await generate([{ name: 'commonName', value: 'Hallmark certificate authority' }], {
    ...shared,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: hosts[0] ?? 'hallmark' }], {
    ...shared,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: hosts.map((host) => (isIP(host) ? { type: ipAddress, ip: host } : { type: dnsName, value: host })),
      },
    ],
  });
  const paths = {
    authority: join(folder, 'ca.pem'),
    certificate: join(folder, 'server.pem'),
    key: join(folder, 'server.key'),
  };
  await writeFile(paths.authority, authority.cert);
  await writeFile(paths.certificate, server.cert);
  await writeFile(paths.key, server.private, { mode: 0o600 });
  await chmod(paths.key, 0o600);
  return paths;
}

/** Under which names and addresses this machine can be reached. */
export function hostsOfMachine(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return ['localhost', ...new Set(addresses.map(({ address }) => address).filter((address) => !address.includes('%')))];
}
