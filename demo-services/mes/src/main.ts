import { createLogger, listen, requiredVariable, runService } from '@hallmark/foundation';
import { createStaffPages, staffApiAt } from '@hallmark/pages';
import { mesApiAt } from './mes-api.js';
import { orderRoutes } from './order-routes.js';

const BRAND = 'Aurum Workshop';

const logger = createLogger();
await runService(logger, async (life) => {
  const mesApiUrl = requiredVariable('MES_API_URL');
  const api = staffApiAt(mesApiUrl);
  const orders = orderRoutes(BRAND, mesApiAt(mesApiUrl), api, logger.child({ label: 'orders' }));
  await listen(createStaffPages({ brand: BRAND, api, logger, orders }), logger, life);
});
