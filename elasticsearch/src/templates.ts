import { request } from './client.js';
import { readFolder } from './data-files.js';

/**
 * Puts the index templates of `templates/` on a server: components first, since index templates name them.
 * Applied again it ends the same; it changes only what is created afterwards, never an index that exists.
 * @param elasticsearchUrl with the credentials of an account that may manage index templates
 * @throws {ElasticsearchError} one line: where it looked and what came back
 */
export async function applyTemplates(elasticsearchUrl: string): Promise<void> {
  for (const { name, content } of await readFolder('templates/component')) {
    await request(elasticsearchUrl, 'PUT', `/_component_template/${name}`, content);
  }
  for (const { name, content } of await readFolder('templates/index')) {
    await request(elasticsearchUrl, 'PUT', `/_index_template/${name}`, content);
  }
}
