import { workQueue } from './work-queue.js';

const RETRY_DELAYS_MS = [1_000, 5_000, 15_000];

/** What CRM API hands over to MES API: orders, changes of them, and what customers and sellers decided. */
export const MES_ORDERS = workQueue('mes.orders', RETRY_DELAYS_MS);

/** What MES API hands back: prices, failures, and how far production is. */
export const CRM_ORDERS = workQueue('crm.orders', RETRY_DELAYS_MS);
