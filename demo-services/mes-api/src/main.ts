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
  switchFault,
} from '@hallmark/foundation';
import { Router } from 'express';
import { handleIncoming } from './incoming.js';
import { MIGRATION } from './migration.js';
import { mesRoutes } from './routes.js';

const CALCULATIONS_AT_ONCE = 4;

const logger = createLogger();
await runService(logger, async (life) => {
  const storageUrl = requiredVariable('FILE_STORAGE_URL');
  const database = await openDatabase('mes_api', MIGRATION, logger.child({ label: 'database' }), life);
  const [orders, results] = [MES_ORDERS, CRM_ORDERS];
  await ensureAdministrator(database, requiredVariable('ADMIN_PASSWORD'));
  const failing = switchFault();
  const calculator = {
    database,
    results,
    storageUrl,
    isFailing: failing.isOn,
    logger: logger.child({ label: 'calculation' }),
  };
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
  const routes = Router();
  const faults = {
    'calculation-fails': failing.fault,
    'queue-closed': broker.breakSending,
    'pool-exhausted': exhaustPool(database),
    crash: crash(),
  };
  routes.use(faultRoutes(faults, logger));
  routes.use(staffRoutes(database, logger.child({ label: 'accounts' })));
  routes.use(mesRoutes({ database, broker, results, logger: logger.child({ label: 'orders' }) }));
  await listen(createApi(logger, routes), logger, life);
});
