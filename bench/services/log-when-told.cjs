// Logs a line for each word on standard input, and says when it did.
const { createInterface } = require('node:readline');
const winston = require('winston');

const logger = winston.createLogger({ transports: [new winston.transports.Console({ stderrLevels: ['info'] })] });

createInterface({ input: process.stdin }).on('line', (probe) => {
  const calledAt = Date.now();
  logger.info('probe', { 'bench.probe': probe });
  process.stdout.write(`${probe} ${calledAt}\n`);
});
