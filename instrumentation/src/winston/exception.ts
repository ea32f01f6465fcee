import { types } from 'node:util';
import type { Attributes } from '@opentelemetry/api';
import { limits } from '../settings/limits.js';
import { cutText, readProperty, UNREADABLE } from './values.js';

/** Causes that are followed, so that a chain that bites its tail ends. */
const MOST_CAUSES = 5;
/** Errors of an AggregateError that are told. */
const MOST_ERRORS = 10;

/** True for errors of any realm and of any subclass; a text, a number or an object with a `message` is none. */
export function isError(value: unknown): value is Error {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return value instanceof Error || types.isNativeError(value);
  } catch {
    // A proxy whose traps throw.
    return false;
  }
}

/** `exception.*` of anything that was thrown: causes follow in the stack trace as Node prints them. */
export function exceptionAttributes(thrown: unknown): Attributes {
  if (!isError(thrown)) {
    return { 'exception.type': typeof thrown, 'exception.message': cutText(safeText(thrown), limits.attributeChars) };
  }
  return {
    'exception.type': cutText(typeName(thrown), limits.contextValueChars),
    'exception.message': cutText(messageOf(thrown), limits.attributeChars),
    'exception.stacktrace': cutText(stackWithCauses(thrown), limits.stackChars),
  };
}

/** The constructor's name where it says more than `name`, which a subclass often leaves at `Error`. */
function typeName(error: Error): string {
  const given = readProperty(error, 'name');
  const name = typeof given === 'string' ? given : 'Error';
  const maker = readProperty(error, 'constructor');
  const constructorName = typeof maker === 'function' ? maker.name : '';
  return name.toLowerCase() === 'error' && constructorName ? constructorName : name;
}

function stackWithCauses(error: Error): string {
  const parts = [
    safeText(readProperty(error, 'stack') ?? `${typeName(error)}: ${safeText(readProperty(error, 'message'))}`),
  ];
  let cause = readProperty(error, 'cause');
  for (let depth = 0; depth < MOST_CAUSES && cause !== undefined && cause !== null; depth += 1) {
    parts.push(
      `Caused by: ${isError(cause) ? safeText(readProperty(cause, 'stack') ?? readProperty(cause, 'message')) : safeText(cause)}`,
    );
    cause = isError(cause) ? readProperty(cause, 'cause') : undefined;
  }
  return [...parts, ...stacksOfErrors(error)].join('\n');
}

/** The errors of an AggregateError: what `Promise.any` and a connection to several addresses say of why. */
function errorsOf(error: Error): readonly unknown[] {
  const errors = readProperty(error, 'errors');
  return Array.isArray(errors) && typeName(error) === 'AggregateError' ? errors : [];
}

/** Node's own have an empty message. */
function messageOf(error: Error): string {
  const message = safeText(readProperty(error, 'message'));
  if (message !== '') return message;
  const messages = errorsOf(error).slice(0, MOST_ERRORS);
  return messages.map((one) => safeText(isError(one) ? readProperty(one, 'message') : one)).join('; ');
}

function stacksOfErrors(error: Error): string[] {
  const errors = errorsOf(error);
  const longest = Math.floor(limits.stackChars / 2 / Math.min(errors.length, MOST_ERRORS));
  const told = errors.slice(0, MOST_ERRORS).map((one, index) => {
    const text = isError(one) ? safeText(readProperty(one, 'stack') ?? readProperty(one, 'message')) : safeText(one);
    return `Error ${index + 1} of ${errors.length}: ${cutText(text, longest)}`;
  });
  return errors.length > told.length ? [...told, `… ${errors.length - told.length} more`] : told;
}

function safeText(value: unknown): string {
  try {
    return String(value);
  } catch {
    return UNREADABLE;
  }
}
