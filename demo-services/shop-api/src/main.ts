import { createApi, createLogger, listen, openDatabase, requiredVariable, runService } from '@hallmark/foundation';
import { MIGRATION } from './migration.js';
import { shopRoutes } from './routes.js';

const logger = createLogger();
await runService(logger, async (life) => {
  const storageUrl = requiredVariable('FILE_STORAGE_URL');
  const crmApiUrl = requiredVariable('CRM_API_URL');
  const database = await openDatabase('shop_api', MIGRATION, logger.child({ label: 'database' }), life);
  const app = createApi(
    logger,
    shopRoutes({ database, storageUrl, crmApiUrl, logger: logger.child({ label: 'orders' }) }),
  );
  await listen(app, logger, life);
});
