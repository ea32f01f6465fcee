// What a small service loads before it listens.
const express = require('express');
const winston = require('winston');
const { answerBench } = require('./answer-bench.cjs');

const logger = winston.createLogger({
  format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
  transports: [new winston.transports.Console()],
});

const app = express();
app.get('/work/:id', (request, response) => {
  logger.info('work done', { 'work.id': Number(request.params.id) });
  response.send('done\n');
});
const server = app.listen(0, '127.0.0.1', () => answerBench(server));
