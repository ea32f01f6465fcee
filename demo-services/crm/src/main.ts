import { createLogger, listen, requiredVariable, runService } from '@hallmark/foundation';
import { createStaffPages, shopApiAt, staffApiAt } from '@hallmark/pages';
import { crmApiAt } from './crm-api.js';
import { orderRoutes } from './order-routes.js';

const BRAND = 'Aurum Sales';

const logger = createLogger();
await runService(logger, async (life) => {
  const crmApiUrl = requiredVariable('CRM_API_URL');
  const apis = { crmApi: crmApiAt(crmApiUrl), shopApi: shopApiAt(requiredVariable('SHOP_API_URL')) };
  const orders = orderRoutes(BRAND, apis, logger.child({ label: 'orders' }));
  await listen(createStaffPages({ brand: BRAND, api: staffApiAt(crmApiUrl), logger, orders }), logger, life);
});
