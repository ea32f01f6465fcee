// A request that asks PostgreSQL, hands a message to RabbitMQ, takes it back from there and writes one winston line.
const http = require('node:http');
const amqp = require('amqplib');
const { Pool } = require('pg');
const winston = require('winston');
const { answerBench } = require('./answer-bench.cjs');

const logger = winston.createLogger({
  format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
  transports: [new winston.transports.Console()],
});

async function main() {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
  const connection = await amqp.connect(process.env.AMQP_URL);
  const channel = await connection.createChannel();
  const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true });
  await channel.consume(queue, (message) => message && channel.ack(message));

  const server = http.createServer(async (request, response) => {
    const id = Number(request.url.slice('/work/'.length));
    const { rows } = await pool.query('select $1::int + 1 as next', [id]);
    channel.sendToQueue(queue, Buffer.from(JSON.stringify(rows[0])));
    logger.info('work done', { 'work.id': id });
    response.end('done\n');
  });
  server.listen(0, '127.0.0.1', () => answerBench(server));
}

main();
