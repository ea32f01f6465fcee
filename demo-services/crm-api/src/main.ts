import {
  CRM_ORDERS,
  createApi,
  createLogger,
  declareWorkQueue,
  listen,
  MES_ORDERS,
  openBroker,
  openDatabase,
  requiredVariable,
  runService,
  subscribeWorker,
} from '@hallmark/foundation';
import { MIGRATION } from './migration.js';
import { handleResult } from './results.js';
import { crmRoutes } from './routes.js';

const RESULTS_AT_ONCE = 8;

const logger = createLogger();
await runService(logger, async (life) => {
  const shopApiUrl = requiredVariable('SHOP_API_URL');
  const database = await openDatabase('crm_api', MIGRATION, logger.child({ label: 'database' }), life);
  const desk = { database, shopApiUrl, logger: logger.child({ label: 'results' }) };
  const broker = await openBroker({
    logger: logger.child({ label: 'broker' }),
    life,
    declare: async (channel) => {
      await declareWorkQueue(channel, MES_ORDERS);
      await declareWorkQueue(channel, CRM_ORDERS);
    },
    subscriptions: [
      subscribeWorker({
        queue: CRM_ORDERS,
        concurrency: RESULTS_AT_ONCE,
        logger: logger.child({ label: 'queue' }),
        handle: (delivery) => handleResult(desk, delivery),
      }),
    ],
  });
  const app = createApi(logger, crmRoutes({ database, broker, shopApiUrl, logger: logger.child({ label: 'orders' }) }));
  await listen(app, logger, life);
});
