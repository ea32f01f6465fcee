export * from './attributes.js';
export { type Broker, openBroker, type Subscription } from './broker.js';
export { CallFailed } from './call-failed.js';
export { type CallOptions, callJson, send } from './client.js';
export { type Database, inTransaction, openDatabase, type Transaction } from './database.js';
export { DEAD_LETTERS_MIGRATION, subscribeDeadLetters } from './dead-letters.js';
export { type DeliveryAddress, deliveryAddress } from './delivery-address.js';
export { crash, exhaustPool, type Fault, faultRoutes, switchFault } from './faults.js';
export { CRM_ORDERS, MES_ORDERS } from './hand-over.js';
export { createApi, listen } from './http.js';
export { type Life, runService } from './life.js';
export { allowedAfter, isAllowed, ORDER_STATUSES, type OrderStatus, refuseTransition } from './life-cycle.js';
export { createLogger, type LoggedEvent, type Logger } from './logger.js';
export { readMessage } from './message.js';
export { FILE_ID, newOrderId, ORDER_ID, orderIdOf } from './order-id.js';
export {
  differences,
  type OrderParameters,
  orderChange,
  orderParameters,
} from './order-parameters.js';
export { changeStatus, logStatusChange, type StatusChange, unknownOrder } from './order-status.js';
export { hashPassword, isPassword } from './passwords.js';
export { Refusal, readInput } from './refusal.js';
export { ADMINISTRATOR, ensureAdministrator, STAFF_MIGRATION, type StaffMember } from './staff-accounts.js';
export { requireStaff, staffOf, staffRoutes } from './staff-routes.js';
export { type StoredModel, storedModel } from './stored-model.js';
export { environmentNumber, requiredVariable } from './variables.js';
export {
  type Delivery,
  declareWorkQueue,
  PermanentFailure,
  sendWork,
  subscribeWorker,
  type WorkQueue,
  workQueue,
} from './work-queue.js';
