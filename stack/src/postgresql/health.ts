import { firstAnswer } from '../tcp-probe.js';

/** Protocol version 3.0, as a StartupMessage carries it (PostgreSQL documentation, "Message Formats"). */
const protocolVersion = 196_608;
/** `R`: the server asks for authentication. While it starts up it answers `E` (error) instead. */
const authenticationRequest = 'R'.charCodeAt(0);

/** Whether the server would let a client log in now. */
export async function acceptsLogin(host: string, port: number, user: string, database: string): Promise<boolean> {
  const answer = await firstAnswer(host, port, startupMessage({ user, database }));
  return answer[0] === authenticationRequest;
}

function startupMessage(parameters: Record<string, string>): Buffer {
  const pairs = Object.entries(parameters).flat();
  const text = Buffer.from(`${pairs.join('\0')}\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(head.length + text.length, 0);
  head.writeInt32BE(protocolVersion, 4);
  return Buffer.concat([head, text]);
}
