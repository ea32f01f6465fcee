import { StackError } from '../failure.js';
import type { Part } from '../part.js';
import { speaksAmqp } from './health.js';

const ports = { 'amqp:': 5_672, 'amqps:': 5_671 } as const;

/** A broker of the user's own, named by AMQP_URL: checked, never started or stopped. Throws a `StackError` when none answers. */
export async function givenBroker(amqpUrl: string): Promise<Part> {
  const { hostname, port, secure } = parse(amqpUrl);
  const answers = await speaksAmqp(hostname, port, secure).catch(() => false);
  if (!answers) {
    throw new StackError(
      `AMQP_URL: no broker answers at ${hostname}:${port}: start it, correct the URL, or unset AMQP_URL to have one started`,
    );
  }
  const notOurs = async () => {
    throw new StackError(
      `the broker at ${hostname}:${port} was given by AMQP_URL: the stack neither starts nor ends it`,
    );
  };
  return {
    name: 'rabbitmq',
    running: true,
    pid: undefined,
    start: async () => undefined,
    stop: notOurs,
    kill: notOurs,
    watch: () => undefined,
  };
}

function parse(amqpUrl: string): { hostname: string; port: number; secure: boolean } {
  const url = URL.parse(amqpUrl);
  if (url?.protocol !== 'amqp:' && url?.protocol !== 'amqps:') {
    throw new StackError('AMQP_URL names no broker; expected amqp://user:password@host:5672');
  }
  return {
    hostname: url.hostname,
    port: url.port === '' ? ports[url.protocol] : Number(url.port),
    secure: url.protocol === 'amqps:',
  };
}
