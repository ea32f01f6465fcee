export { beginMarker, endMarker, generatedBlock } from './generate.js';
export { difference, SpliceError, spliced } from './splice.js';
