/** A wrong option or a missing variable: exit code 2. */
export class UsageError extends Error {}

/** The server's address with credentials, from ELASTICSEARCH_URL. */
export function elasticsearchUrl(env: NodeJS.ProcessEnv): string {
  if (env.ELASTICSEARCH_URL) return env.ELASTICSEARCH_URL;
  throw new UsageError('ELASTICSEARCH_URL is not set; it looks like http://user:password@127.0.0.1:9200');
}
