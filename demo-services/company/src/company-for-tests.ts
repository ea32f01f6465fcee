import { join } from 'node:path';
import { type Stack, startStack, waitUntil } from '@hallmark/stack';
import { type Company, startCompany } from './index.js';
import { type PrintedRecord, printedRecords } from './printed-records.js';

const RECORD_TIMEOUT_MS = 20_000;

/** The company on a real PostgreSQL and RabbitMQ, without the preload: what its own code does. */
export interface TestCompany extends Company {
  stack: Stack;
  records(): Promise<PrintedRecord[]>;
  /** Waits until so many records (default 1) with this event about this order are printed, and returns all of them. */
  recordsOf(event: string, orderId: string, least?: number): Promise<PrintedRecord[]>;
}

export async function startTestCompany(): Promise<TestCompany> {
  const stack = await startStack({ parts: ['postgresql', 'rabbitmq', 's3'] });
  try {
    const logFolder = join(stack.run.folder, 'company-logs');
    const company = await startCompany({
      run: stack.run,
      addresses: stack.env,
      logFolder,
      instrumented: false,
      faults: true,
    });
    const records = () => printedRecords(logFolder);
    return {
      ...company,
      stack,
      records,
      async recordsOf(event, orderId, least = 1) {
        let found: PrintedRecord[] = [];
        const look = async () => {
          found = (await records()).filter((record) => record.event === event && record['order.id'] === orderId);
          return found.length >= least;
        };
        if (await waitUntil(look, { timeoutMs: RECORD_TIMEOUT_MS })) return found;
        throw new Error(`no service printed ${event} for order ${orderId}`);
      },
    };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}
