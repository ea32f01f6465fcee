import { Agent, request } from 'node:http';

export interface Load {
  readonly port: number;
  /** Number of the first request; the service writes each request's number into its log line. */
  readonly first: number;
  readonly count: number;
}

/** Requests under way at once, each on a kept connection of its own. */
const connections = 10;

/** Sends `count` requests, each as soon as one of the connections is free. Throws on the first that isn't answered with 200. */
export async function sendRequests({ port, first, count }: Load): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let next = first;
  const lane = async () => {
    while (next < first + count) await get(agent, port, `/work/${next++}`);
  };
  await Promise.all(Array.from({ length: connections }, lane)).finally(() => agent.destroy());
}

function get(agent: Agent, port: number, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host: '127.0.0.1', port, path }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${path} was answered with ${response.statusCode}`));
      response.resume().once('end', resolve).once('error', reject);
    });
    sent.once('error', reject).end();
  });
}
