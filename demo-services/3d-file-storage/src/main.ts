import { createApi, createLogger, environmentNumber, listen, requiredVariable, runService } from '@hallmark/foundation';
import { fileRoutes } from './routes.js';
import { openFileStore } from './store.js';

const MAX_FILE_BYTES = 64 * 1024 * 1024;

const logger = createLogger();
await runService(logger, async (life) => {
  const limitBytes = environmentNumber('MAX_FILE_BYTES', MAX_FILE_BYTES);
  const store = await openFileStore(requiredVariable('STORAGE_DIR'), limitBytes);
  const app = createApi(logger, fileRoutes(store, logger.child({ label: 'files' })));
  await listen(app, logger, life);
});
