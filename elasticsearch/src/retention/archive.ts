import { request } from '../client.js';
import { repository } from './lifecycle.js';

/** Registers a folder of the server (below its `path.repo`) as the repository that `archive: true` puts snapshots into. */
export async function makeArchive(url: string, folder: string): Promise<void> {
  await request(url, 'PUT', `/_snapshot/${repository}`, { type: 'fs', settings: { location: folder } });
}
