export { type Row, readCatalogue } from './catalogue.js';
export type { Finding } from './judge.js';
export { lookOnce } from './run.js';
