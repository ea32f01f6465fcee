// Bare HTTP and one winston line a request: the smallest service worth watching.
const http = require('node:http');
const winston = require('winston');
const { answerBench } = require('./answer-bench.cjs');

const logger = winston.createLogger({
  format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
  transports: [new winston.transports.Console()],
});

const server = http.createServer((request, response) => {
  logger.info('work done', { 'work.id': Number(request.url.slice('/work/'.length)) });
  response.end('done\n');
});
server.listen(0, '127.0.0.1', () => answerBench(server));
