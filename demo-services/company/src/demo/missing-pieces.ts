import type { Story, StorySummary } from '@hallmark/lookup';
import { SERVICE_NAMES } from '../service-plans.js';

const LEAST_MESSAGES = 2;
const LEAST_STATEMENTS = 3;

/** The way of an order that is made and delivered; each of the three services that keep orders goes all of it. */
const STATUS_PATH = [
  'created',
  'calculating',
  'priced',
  'approved',
  'confirmed',
  'assigned',
  'in_production',
  'finished',
];
const ORDER_KEEPERS = ['shop-api', 'crm-api', 'mes-api'];

/** What the story of a finished order lacks, one line a piece; empty where it is whole. */
export function missingPieces(summary: StorySummary, story: Story): string[] {
  return [
    ...missingServices(summary),
    ...missingMessages(summary),
    ...missingStatements(summary),
    ...missingCalculation(story),
    ...missingStatusChanges(summary),
    ...summary.gaps.map((gap) => gap.text),
  ];
}

function missingServices({ services }: StorySummary): string[] {
  const told = new Set(services.map(({ name }) => name));
  return SERVICE_NAMES.filter((name) => !told.has(name)).map((name) => `the service ${name}`);
}

function missingMessages({ messages }: StorySummary): string[] {
  const whole = messages.filter(({ sentBy, receivedBy }) => sentBy.length > 0 && receivedBy.length > 0).length;
  return whole < LEAST_MESSAGES
    ? [`messages that were sent and received: ${whole}, at least ${LEAST_MESSAGES} are expected`]
    : [];
}

function missingStatements({ statements }: StorySummary): string[] {
  const { length } = statements;
  return length < LEAST_STATEMENTS ? [`database statements: ${length}, at least ${LEAST_STATEMENTS} are expected`] : [];
}

function missingCalculation({ traces }: Story): string[] {
  const records = traces.flatMap(({ entries }) => entries).filter((entry) => entry.type === 'record');
  const calculated = records.some(
    ({ eventName, attributes }) => eventName === 'calculation.finished' && attributes['order.price'] !== undefined,
  );
  return calculated ? [] : ['the calculation of the price (calculation.finished with order.price)'];
}

function missingStatusChanges({ statusChanges }: StorySummary): string[] {
  const told = new Set(statusChanges.map(({ service, from, to }) => `${service}: ${from} to ${to}`));
  const steps = STATUS_PATH.slice(1).map((to, index) => `${STATUS_PATH[index]} to ${to}`);
  return ORDER_KEEPERS.flatMap((service) => steps.map((step) => `${service}: ${step}`))
    .filter((change) => !told.has(change))
    .map((change) => `the status change at ${change}`);
}
