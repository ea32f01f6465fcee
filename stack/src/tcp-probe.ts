import { connect } from 'node:net';
import { connect as connectSecurely } from 'node:tls';

/** How long a server that has taken the connection may be silent. Unit: milliseconds. */
const answerMs = 3_000;

/** Sends the bytes and returns the first piece of the answer. Rejects when nothing listens, or nothing comes in time. */
export function firstAnswer(host: string, port: number, bytes: Buffer, secure = false): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Only asked whether it is there, told nothing: whose certificate it is, the client checks.
    const socket = secure ? connectSecurely({ host, port, rejectUnauthorized: false }) : connect({ host, port });
    socket.setTimeout(answerMs, () =>
      socket.destroy(new Error(`${host}:${port} took the connection and said nothing`)),
    );
    socket.once(secure ? 'secureConnect' : 'connect', () => socket.write(bytes));
    socket.once('data', (chunk) => {
      resolve(chunk);
      socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`${host}:${port} closed the connection without an answer`)));
  });
}
