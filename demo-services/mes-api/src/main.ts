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
import { subscribeDeadLetters } from './dead-letters.js';
import { handleIncoming } from './incoming.js';
import { MIGRATION } from './migration.js';
import { mesRoutes } from './routes.js';

const CALCULATIONS_AT_ONCE = 4;

const logger = createLogger();
await runService(logger, async (life) => {
  const storageUrl = requiredVariable('FILE_STORAGE_URL');
  const database = await openDatabase('mes_api', MIGRATION, logger.child({ label: 'database' }), life);
  const [orders, results] = [MES_ORDERS, CRM_ORDERS];
  const calculator = { database, results, storageUrl, logger: logger.child({ label: 'calculation' }) };
  const incoming = subscribeWorker({
    queue: orders,
    concurrency: CALCULATIONS_AT_ONCE,
    logger: logger.child({ label: 'queue' }),
    handle: (delivery, broker) => handleIncoming(calculator, broker, delivery),
  });
  const deadLetters = subscribeDeadLetters(orders, database, logger.child({ label: 'dead-letters' }));
  const broker = await openBroker({
    logger: logger.child({ label: 'broker' }),
    life,
    declare: async (channel) => {
      await declareWorkQueue(channel, orders);
      await declareWorkQueue(channel, results);
    },
    subscriptions: [incoming, deadLetters],
  });
  const app = createApi(logger, mesRoutes({ database, broker, results, logger: logger.child({ label: 'orders' }) }));
  await listen(app, logger, life);
});
