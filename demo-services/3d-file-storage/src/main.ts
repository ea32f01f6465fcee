import { setTimeout as sleep } from 'node:timers/promises';
import { S3Client } from '@aws-sdk/client-s3';
import {
  createApi,
  createLogger,
  environmentNumber,
  faultRoutes,
  listen,
  requiredVariable,
  runService,
  switchFault,
} from '@hallmark/foundation';
import { type RequestHandler, Router } from 'express';
import { fileRoutes } from './routes.js';
import { openFileStore } from './store.js';

const MAX_FILE_BYTES = 64 * 1024 * 1024;
const SLOW_MS = 3_000;

const logger = createLogger();
await runService(logger, async (life) => {
  const limitBytes = environmentNumber('MAX_FILE_BYTES', MAX_FILE_BYTES);
  // Where it is and who asks, it reads from the standard variables: AWS_ENDPOINT_URL_S3, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY.
  const s3 = new S3Client({ forcePathStyle: true });
  life.onStop('the connection to S3', () => s3.destroy());
  const store = await openFileStore({ s3, bucket: requiredVariable('S3_BUCKET'), limitBytes });
  const slow = switchFault();
  const routes = Router();
  routes.use(faultRoutes({ slow: slow.fault }, logger));
  routes.use('/files', slowDown(slow.isOn));
  routes.use(fileRoutes(store, logger.child({ label: 'files' })));
  await listen(createApi(logger, routes), logger, life);
});

/** While a demonstration wants a slow store, every request waits first. */
function slowDown(isOn: () => boolean): RequestHandler {
  return async (_request, _response, next) => {
    if (isOn()) await sleep(SLOW_MS);
    next();
  };
}
