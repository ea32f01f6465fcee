import { timingSafeEqual } from 'node:crypto';
import express, { Router } from 'express';
import { z } from 'zod';
import type { Database } from './database.js';
import type { Logger } from './logger.js';
import { Refusal, readInput } from './refusal.js';

const LONGEST_S = 600;

/** What a service can do wrong on demand, for `seconds`. */
export type Fault = (seconds: number) => unknown;

const wish = z.object({ seconds: z.number().nonnegative().max(LONGEST_S) });

/**
 * `PUT /faults/:name` with `{ seconds }` switches a fault on, with 0 off: how a demo shows what failures look like. There is no such route unless
 * `FAULTS_TOKEN` is set, and it takes nothing without that token (`Authorization: Bearer`).
 */
export function faultRoutes(faults: Readonly<Record<string, Fault>>, logger: Logger): Router {
  const routes = Router();
  const token = process.env.FAULTS_TOKEN;
  if (!token) return routes;
  routes.put('/faults/:name', express.json(), async (request, response) => {
    if (!isSame(request.get('authorization') ?? '', `Bearer ${token}`)) throw new Refusal(401, 'the token is wrong');
    const { name } = request.params;
    const fault = Object.hasOwn(faults, String(name)) ? faults[String(name)] : undefined;
    if (!fault) throw new Refusal(404, `there is no fault '${name}'; there are: ${Object.keys(faults).join(', ')}`);
    const { seconds } = readInput(wish, request.body);
    logger.warn(`the fault '${name}' is on for ${seconds} s`);
    await fault(seconds);
    response.json({ name, seconds });
  });
  return routes;
}

/** A fault that other code asks for: `isOn()` while it lasts. */
export function switchFault(): { fault: Fault; isOn(): boolean } {
  let endMs = 0;
  return {
    fault: (seconds) => {
      endMs = performance.now() + seconds * 1_000;
    },
    isOn: () => performance.now() < endMs,
  };
}

/** Takes every connection of the pool, those in use as soon as they are given back: whoever wants one waits until the time-out. */
export function exhaustPool(database: Database): Fault {
  return async (seconds) => {
    const asked = await Promise.allSettled(Array.from({ length: database.options.max }, () => database.connect()));
    setTimeout(() => {
      for (const taken of asked) if (taken.status === 'fulfilled') taken.value.release();
    }, seconds * 1_000);
  };
}

/** Ends the process as a mistake in the code would: an exception that nobody catches. */
export function crash(): Fault {
  return () => {
    setImmediate(() => {
      throw new Error('this service was told to crash');
    });
  };
}

function isSame(actual: string, expected: string): boolean {
  const [left, right] = [Buffer.from(actual), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
