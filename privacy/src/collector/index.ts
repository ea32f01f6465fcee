export { beginMarker, endMarker, generatedBlock } from './generate.js';
export { ordinaryAttributes, ordinaryText, pairStart, sqlWithoutValues, uuid, valueStart } from './ordinary.js';
export { difference, SpliceError, spliced } from './splice.js';
