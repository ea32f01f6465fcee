import { rm } from 'node:fs/promises';
import maven from 'mvn-artifact-url';
import { cached, findCached } from '../cache/cached.js';
import { download } from '../cache/download.js';
import { unzipTopFolder } from '../cache/unzip.js';
import type { OnProgress } from '../progress.js';

/** The same version as in docker-compose.yml. */
export const elasticsearchVersion = '8.19.21';

/** As published beside the file on Maven Central; the file is 107 MB. */
const zipSha512 =
  'cf6b0a93860d329937ae7f913ec5073b0c726c77639764b93fc83a304aa1dd9d4defcfa2849948eea3b0b47c2065f994908603939fc2a4774c9c4d868c5ec1dd';

const artifact = {
  groupId: 'org.elasticsearch.distribution.integ-test-zip',
  artifactId: 'elasticsearch',
  version: elasticsearchVersion,
  extension: 'zip',
};
const entryName = `elasticsearch-${elasticsearchVersion}`;

export interface DistributionOptions {
  /** `HALLMARK_MAVEN_URL` names a mirror of Maven Central. */
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal;
}

/** The unpacked distribution in the cache; downloaded and checked the first time. */
export async function elasticsearchDistribution(options: DistributionOptions): Promise<string> {
  const unpacked = await findCached(entryName, options.env);
  if (unpacked !== undefined) return unpacked;
  options.onProgress(`Elasticsearch ${elasticsearchVersion}: not in the cache, fetching 107 MB`);
  return cached(entryName, options, async (folder) => {
    const zip = `${folder}.zip.partial`;
    const url = await maven.default(artifact, mirror(options.env));
    const what = `Elasticsearch ${elasticsearchVersion}`;
    await download({ ...options, what, url, sha512: zipSha512, toFile: zip });
    try {
      await unzipTopFolder(zip, folder);
    } finally {
      await rm(zip, { force: true });
    }
  });
}

/** Undefined: Maven Central. */
function mirror(env: NodeJS.ProcessEnv): string | undefined {
  return env.HALLMARK_MAVEN_URL?.replace(/\/?$/, '/');
}
