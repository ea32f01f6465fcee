import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readPolicy } from '@hallmark/privacy';
import { compilePolicy, type PhoneLibrary } from '@hallmark/privacy/in-process';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { httpRecords } from './http.js';

const require = createRequire(import.meta.url);
const redactor = compilePolicy(readPolicy(), { loadPhones: () => require('libphonenumber-js/max') as PhoneLibrary });

function lineOf(path: string, status: number): string {
  const span = {
    attributes: { 'http.request.method': 'GET', 'url.path': path, 'http.response.status_code': status },
    duration: [0, 12e6],
    endTime: [0, 0],
    events: [],
    status: { code: 0 },
  } as unknown as ReadableSpan;
  return redactor.text(httpRecords(span)[0]?.message ?? '');
}

describe('the line of a request whose path ends with a number', () => {
  const numbers = ['4111-1111-1111-1111', '4111%201111%201111%201111', '4111.1111.1111.1111', '5555555555554444'];
  for (const number of numbers) {
    it(`keeps the status and masks the card: ${number}`, () => {
      const lastFour = number.slice(-4);
      for (const status of [200, 201, 302, 404, 500, 503])
        assert.equal(lineOf(`/cards/${number}`, status), `GET /cards/****${lastFour} → ${status} in 12 ms`);
    });
  }
});
