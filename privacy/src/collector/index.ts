export { generatedBlock } from './generate.js';
export { beginMarker, endMarker } from './markers.js';
export { ordinaryAttributes, ordinaryText, pairStart, sqlWithoutValues, uuid, valueStart } from './ordinary.js';
export { difference, SpliceError, spliced } from './splice.js';
