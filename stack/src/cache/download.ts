import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { oneLine, StackError } from '../failure.js';
import { type OnProgress, progressIntervalMs } from '../progress.js';

export interface Download {
  /** What it is, for messages, e.g. `Elasticsearch 8.19.21`. */
  readonly what: string;
  readonly url: string;
  /** 128 hexadecimal digits. */
  readonly sha512: string;
  readonly toFile: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal;
}

const bytesPerMegabyte = 1_000_000;
/** A connection that stays silent for so long is given up. Unit: milliseconds. */
const silenceMs = 30_000;
const longestRedirection = 5;

/**
 * Fetches a file and checks it. Honours `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`. A file that was cut or isn't what the checksum says
 * is removed, and the error says so in one line.
 */
export async function download(wanted: Download): Promise<void> {
  const hash = createHash('sha512');
  try {
    const response = await openUrl(wanted, wanted.url, longestRedirection);
    const totalBytes = Number(response.headers['content-length'] ?? 0);
    const file = createWriteStream(wanted.toFile, { mode: 0o600 });
    const options = wanted.signal === undefined ? {} : { signal: wanted.signal };
    await pipeline(response, counting(wanted, totalBytes, hash), file, options);
  } catch (error) {
    await rm(wanted.toFile, { force: true });
    wanted.signal?.throwIfAborted();
    if (error instanceof StackError) throw error;
    throw new StackError(
      `${wanted.what}: the download from ${wanted.url} broke off (${oneLine(error)}); nothing of it was kept: check the network or HTTPS_PROXY and run again`,
    );
  }
  await compare(wanted, hash.digest('hex'));
}

async function compare(wanted: Download, found: string): Promise<void> {
  if (found === wanted.sha512) return;
  await rm(wanted.toFile, { force: true });
  throw new StackError(
    `${wanted.what}: what ${wanted.url} sent has the sha512 ${found.slice(0, 16)}…, expected ${wanted.sha512.slice(0, 16)}…; it was removed: run again, and if it stays so, ask whoever runs that server`,
  );
}

function openUrl(wanted: Download, url: string, redirectionsLeft: number): Promise<http.IncomingMessage> {
  const { get, Agent } = url.startsWith('https:') ? https : http;
  const agent = new Agent({ proxyEnv: wanted.env });
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, timeout: silenceMs, ...(wanted.signal && { signal: wanted.signal }) });
    request.once('timeout', () => request.destroy(new Error(`nothing came for ${silenceMs / 1_000} s`)));
    request.once('error', reject);
    request.once('response', (response) => {
      const status = response.statusCode ?? 0;
      const location = response.headers.location;
      if (status === 200) return resolve(response);
      response.resume();
      if (status >= 300 && status < 400 && location !== undefined && redirectionsLeft > 0) {
        return resolve(openUrl(wanted, new URL(location, url).href, redirectionsLeft - 1));
      }
      reject(
        new StackError(
          `${wanted.what}: ${url} answered ${status}; expected 200: check HALLMARK_MAVEN_URL or the proxy`,
        ),
      );
    });
  });
}

/** Counts, hashes, and says now and then how far it is. */
function counting(wanted: Download, totalBytes: number, hash: ReturnType<typeof createHash>): Transform {
  let receivedBytes = 0;
  let saidAt = Date.now();
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      receivedBytes += chunk.length;
      if (Date.now() - saidAt >= progressIntervalMs) {
        saidAt = Date.now();
        wanted.onProgress(`${wanted.what}: ${megabytes(receivedBytes)} of ${megabytes(totalBytes)} MB`);
      }
      done(null, chunk);
    },
    flush(done) {
      const isCut = totalBytes > 0 && receivedBytes !== totalBytes;
      done(isCut ? new Error(`${receivedBytes} of ${totalBytes} bytes came`) : null);
    },
  });
}

function megabytes(bytes: number): string {
  return (bytes / bytesPerMegabyte).toFixed(0);
}
