// SDK 3.x takes logs through @opentelemetry/api; the newest published winston transport (0.34) still writes to the provider
// of @opentelemetry/api-logs, where nobody listens. Without this hand-over stock 3.x delivers no record at all.
const { createRequire } = require('node:module');

const requireFromPeer = createRequire(`${process.env.BENCH_PEER_FOLDER}/package.json`);
const { logs } = requireFromPeer('@opentelemetry/api');
requireFromPeer('@opentelemetry/api-logs').logs.setGlobalLoggerProvider(logs.getLoggerProvider());
