// Writes one line when it is told to, and ends by having nothing left to do.
const fs = require('node:fs');
const winston = require('winston');

const logger = winston.createLogger({ transports: [new winston.transports.Console({ stderrLevels: ['info'] })] });
fs.writeSync(1, '.');
fs.readSync(0, Buffer.alloc(1));
logger.info('last words', { 'work.id': 1 });
