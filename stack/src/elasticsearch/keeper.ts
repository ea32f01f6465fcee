import { fileURLToPath } from 'node:url';
import type { Run } from '../run/run.js';

const program = fileURLToPath(new URL('../../../elasticsearch/dist/main.js', import.meta.url));

/** Starts what carries out elasticsearch/retention.yaml: the embedded Elasticsearch has no index lifecycle management. */
export async function startKeeper(run: Run, elasticsearchUrl: string, authority: string | undefined): Promise<void> {
  await run.spawn({
    name: 'keeper',
    command: process.execPath,
    args: [program, 'keep'],
    env: {
      PATH: process.env.PATH,
      ELASTICSEARCH_URL: elasticsearchUrl,
      ...(authority && { NODE_EXTRA_CA_CERTS: authority }),
    },
  });
}
