import { createLogger, listen, openDatabase, requiredVariable, runService } from '@hallmark/foundation';
import { shopApiAt } from '@hallmark/pages';
import { createShop } from './app.js';
import { MIGRATION } from './migration.js';
import { deleteExpiredSessions } from './sessions.js';

const CLEANING_INTERVAL_MS = 60 * 60 * 1000;

const logger = createLogger();
await runService(logger, async (life) => {
  const shopApi = shopApiAt(requiredVariable('SHOP_API_URL'));
  const database = await openDatabase('internet_shop', MIGRATION, logger.child({ label: 'database' }), life);
  const cleaning = setInterval(() => {
    deleteExpiredSessions(database).catch((error: unknown) => logger.warn('old sessions stay for now', { error }));
  }, CLEANING_INTERVAL_MS);
  life.onStop('the cleaning of sessions', () => clearInterval(cleaning));
  await listen(createShop(database, shopApi, logger), logger, life);
});
