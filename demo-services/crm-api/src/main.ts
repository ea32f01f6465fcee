import {
  CRM_ORDERS,
  crash,
  createApi,
  createLogger,
  declareWorkQueue,
  ensureAdministrator,
  exhaustPool,
  faultRoutes,
  listen,
  MES_ORDERS,
  openBroker,
  openDatabase,
  requiredVariable,
  runService,
  staffRoutes,
  subscribeDeadLetters,
  subscribeWorker,
} from '@hallmark/foundation';
import { Router } from 'express';
import { MIGRATION } from './migration.js';
import { handleResult } from './results.js';
import { crmRoutes } from './routes.js';

const RESULTS_AT_ONCE = 8;

const logger = createLogger();
await runService(logger, async (life) => {
  const shopApiUrl = requiredVariable('SHOP_API_URL');
  const database = await openDatabase('crm_api', MIGRATION, logger.child({ label: 'database' }), life);
  await ensureAdministrator(database, requiredVariable('ADMIN_PASSWORD'));
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
      subscribeDeadLetters(CRM_ORDERS, database, logger.child({ label: 'dead-letters' })),
    ],
  });
  const routes = Router();
  const faults = { 'queue-closed': broker.breakSending, 'pool-exhausted': exhaustPool(database), crash: crash() };
  routes.use(faultRoutes(faults, logger));
  routes.use(staffRoutes(database, logger.child({ label: 'accounts' })));
  routes.use(crmRoutes({ database, broker, shopApiUrl, logger: logger.child({ label: 'orders' }) }));
  await listen(createApi(logger, routes), logger, life);
});
