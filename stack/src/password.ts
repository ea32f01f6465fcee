import { randomBytes } from 'node:crypto';

/** A password that needs no escaping in a URL, a shell or YAML. 144 bits. */
export function randomPassword(): string {
  return randomBytes(18).toString('base64url');
}
