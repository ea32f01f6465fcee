import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Part } from '../part.js';
import { randomPassword } from '../password.js';
import { loopback } from '../ports.js';
import { processPart } from '../process-part.js';
import type { Run } from '../run/run.js';
import { keepShort } from './keep-short.js';

const accessKey = 'hallmark';
const region = 'us-east-1';
export const s3HealthPath = '/health';
const readyTimeoutMs = 60_000;

/** Where the server writes who asked for which object, which the collector reads. */
export const s3Logs = (run: Run) => join(run.folder, 's3', 'logs', 'access.log*');

export interface S3Options {
  readonly run: Run;
  readonly env: NodeJS.ProcessEnv;
  readonly binary: string;
  readonly port: number;
}

export interface S3 {
  readonly part: Part;
  /** The standard variables of S3 clients: endpoint, region, access key and secret. */
  readonly env: Record<string, string>;
}

/** Starts the S3 server with one account; its objects are files in the run's folder. */
export async function startS3({ run, env, binary, port }: S3Options): Promise<S3> {
  const folder = join(run.folder, 's3');
  const [objects, sidecar, logs] = ['objects', 'sidecar', 'logs'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [folder, objects, sidecar, logs]) await mkdir(path, { mode: 0o700 });
  const secret = randomPassword();
  const url = `http://${loopback}:${port}`;
  const accessLog = join(logs, 'access.log');

  const part = processPart(run, 's3', async () => [
    await run.launch({
      name: 's3',
      command: binary,
      // What it knows of an object lies beside it: not every file system has extended attributes.
      args: ['posix', '--sidecar', sidecar, objects],
      cwd: folder,
      env: {
        PATH: env.PATH,
        ROOT_ACCESS_KEY_ID: accessKey,
        ROOT_SECRET_ACCESS_KEY: secret,
        VGW_REGION: region,
        VGW_PORT: `${loopback}:${port}`,
        VGW_HEALTH: s3HealthPath,
        VGW_ACCESS_LOG: accessLog,
        VGW_KEEP_ALIVE: 'true',
        VGW_QUIET: 'true',
      },
      ready: async () => (await fetch(`${url}${s3HealthPath}`, { signal: AbortSignal.timeout(2_000) })).ok,
      readyTimeoutMs,
    }),
  ]);
  await part.start();
  run.onClose(keepShort(accessLog, () => part.pid));
  return {
    part,
    env: {
      AWS_ENDPOINT_URL_S3: url,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: accessKey,
      AWS_SECRET_ACCESS_KEY: secret,
    },
  };
}
