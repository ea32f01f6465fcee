import { readSync, writeSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { PendingRequest } from '../export/pipeline.js';

/** How long this thread sleeps while the kernel has nothing for it. */
const POLL_MS = 1;
const ANSWER_BYTES = 65_536;

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** The descriptor of an open, unencrypted connection; undefined where it can't be had (TLS, Windows, a closed one). */
function descriptorOf(socket: Socket): number | undefined {
  const descriptor = (socket as { _handle?: { fd?: number } | null })._handle?.fd;
  return !socket.destroyed && !('encrypted' in socket) && descriptor !== undefined && descriptor >= 0
    ? descriptor
    : undefined;
}

/** Repeats a call that would block until it goes through or the time is over. */
function patiently<T>(deadlineMs: number, call: () => T): T | undefined {
  for (;;) {
    try {
      return call();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || performance.now() >= deadlineMs) return undefined;
      Atomics.wait(sleeper, 0, 0, POLL_MS);
    }
  }
}

function headOf({ url, headers, body }: PendingRequest): string {
  const { host, pathname, search, username, password } = new URL(url);
  const lines = { Host: host, ...headers, 'Content-Length': body.length };
  const credentials =
    username && !('authorization' in headers)
      ? Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)
      : undefined;
  const all = { ...lines, ...(credentials && { Authorization: `Basic ${credentials.toString('base64')}` }) };
  const text = Object.entries(all).map(([name, value]) => `${name}: ${String(value).replaceAll(/[\r\n]/g, '')}\r\n`);
  return `POST ${pathname}${search} HTTP/1.1\r\n${text.join('')}\r\n`;
}

function writeAll(descriptor: number, bytes: Uint8Array, deadlineMs: number): boolean {
  let offset = 0;
  while (offset < bytes.length) {
    const written = patiently(deadlineMs, () => writeSync(descriptor, bytes, offset));
    if (written === undefined) return false;
    offset += written;
  }
  return true;
}

/** True when an answer is whole, by its length or its last chunk, so that the next one begins after it. */
function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const head = answer.slice(0, end).toLowerCase();
  const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1];
  if (length !== undefined) return answer.length >= end + 4 + Number(length);
  return !/\r\ntransfer-encoding: *chunked/.test(head) || answer.endsWith('0\r\n\r\n');
}

/**
 * Reads the answer to what was sent, while this thread stands still.
 *
 * @param deadlineMs moment on the clock of `performance.now`
 * @returns its status, undefined when there is none in time
 */
export function readStatus(socket: Socket, deadlineMs: number): number | undefined {
  const descriptor = descriptorOf(socket);
  if (descriptor === undefined) return undefined;
  const bytes = Buffer.alloc(ANSWER_BYTES);
  let answer = '';
  while (!isWhole(answer)) {
    const count = patiently(deadlineMs, () => readSync(descriptor, bytes, 0, bytes.length, null));
    if (!count) break;
    answer += bytes.toString('latin1', 0, count);
  }
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1];
  return status === undefined ? undefined : Number(status);
}

/**
 * Posts a request through an open connection past the event loop, which no longer turns: 1 ms instead of a thread's 40.
 *
 * @returns the answer's status; undefined when the connection could not be used
 */
export function postThrough(socket: Socket, request: PendingRequest, deadlineMs: number): number | undefined {
  const descriptor = descriptorOf(socket);
  if (descriptor === undefined || socket.writableLength > 0) return undefined;
  const head = Buffer.from(headOf(request));
  const { body } = request;
  // A great body is not copied once more; a small one goes out with its head.
  const parts = body.length > ANSWER_BYTES ? [head, body] : [Buffer.concat([head, body])];
  return parts.every((part) => writeAll(descriptor, part, deadlineMs)) ? readStatus(socket, deadlineMs) : undefined;
}
