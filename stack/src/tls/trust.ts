import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** Makes this process believe what the authority has signed; NODE_EXTRA_CA_CERTS does the same for a process that is started. */
export function trustAuthority(file: string): void {
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(file, 'utf8')]);
}
