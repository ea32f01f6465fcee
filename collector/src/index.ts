/** What the bench plays and measures with; the rest of this folder are tests. */
export { faults, type NamedFault } from './oracle/faults.js';
export { openLedger } from './oracle/ledger.js';
export { randomFrom, shuffled } from './oracle/order.js';
export { wrongWith } from './oracle/play.js';
export { openScene } from './oracle/scene.js';
export { newTraceId, sendLogs } from './otlp.js';
export { ask, ofTrace, search } from './store.js';
