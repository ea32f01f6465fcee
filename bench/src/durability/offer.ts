import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { recordsARequest } from './requests.js';

export interface Offer {
  /** Base URL of OTLP/HTTP. */
  readonly otlp: string;
  readonly next: () => Buffer;
  /** Records a second. */
  readonly rate: number;
  /** Asked before each tick. */
  readonly isOver: () => boolean;
}

/** Records, not requests. */
export interface Counts {
  acknowledged: number;
  /** Answered with anything but 200, or not at all. */
  refused: number;
  /** Not sent in time, since as many requests as are allowed were waiting for their answers. */
  held: number;
}

const tickMs = 50;
const requestsAtOnce = 32;

/** Offers records at a rate, a little each tick, over connections that stay open. */
export async function offer({ otlp, next, rate, isOver }: Offer, counts: Counts): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: requestsAtOnce });
  const underWay = new Set<Promise<void>>();
  const begun = Date.now();
  try {
    for (let tick = 1, due = 0; !isOver(); tick++) {
      for (due += (rate * tickMs) / 1_000; due >= recordsARequest; due -= recordsARequest) {
        if (underWay.size >= requestsAtOnce) {
          counts.held += recordsARequest;
          continue;
        }
        const one = post(agent, `${otlp}/v1/logs`, next())
          .then((status) => {
            counts[status === 200 ? 'acknowledged' : 'refused'] += recordsARequest;
          })
          .finally(() => underWay.delete(one));
        underWay.add(one);
      }
      await pause(Math.max(0, begun + tick * tickMs - Date.now()));
    }
    await Promise.all(underWay);
  } finally {
    agent.destroy();
  }
}

function post(agent: Agent, url: string, body: Buffer): Promise<number | undefined> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/x-protobuf', 'content-length': body.length };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    sent.on('error', () => resolve(undefined));
    sent.end(body);
  });
}
