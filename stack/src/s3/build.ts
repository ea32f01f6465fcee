import { fileURLToPath } from 'node:url';
import { type BuildOptions, goBinary } from '../go/build.js';

/** The same version as in docker-compose.yml and in the module's go.mod. */
export const s3Version = '1.8.0';

/** The S3 server's binary in the cache; built the first time. */
export function s3Binary(options: BuildOptions): Promise<string> {
  return goBinary(
    {
      name: `versitygw-${s3Version}`,
      title: `S3 server ${s3Version}`,
      folder: fileURLToPath(new URL('../../s3/module/', import.meta.url)),
      package: 'github.com/versity/versitygw/cmd/versitygw',
    },
    options,
  );
}
