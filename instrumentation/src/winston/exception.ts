import { types } from 'node:util';
import type { Attributes } from '@opentelemetry/api';
import { limits } from '../settings/limits.js';
import { cutText } from './values.js';

/** Causes that are followed, so that a chain that bites its tail ends. */
const MOST_CAUSES = 5;

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
    'exception.message': cutText(safeText(read(thrown, 'message')), limits.attributeChars),
    'exception.stacktrace': cutText(stackWithCauses(thrown), limits.stackChars),
  };
}

/** The constructor's name where it says more than `name`, which a subclass often leaves at `Error`. */
function typeName(error: Error): string {
  const given = read(error, 'name');
  const name = typeof given === 'string' ? given : 'Error';
  const maker = read(error, 'constructor');
  const constructorName = typeof maker === 'function' ? maker.name : '';
  return name.toLowerCase() === 'error' && constructorName ? constructorName : name;
}

function stackWithCauses(error: Error): string {
  const parts = [safeText(read(error, 'stack') ?? `${typeName(error)}: ${safeText(read(error, 'message'))}`)];
  let cause = read(error, 'cause');
  for (let depth = 0; depth < MOST_CAUSES && cause !== undefined && cause !== null; depth += 1) {
    parts.push(
      `Caused by: ${isError(cause) ? safeText(read(cause, 'stack') ?? read(cause, 'message')) : safeText(cause)}`,
    );
    cause = isError(cause) ? read(cause, 'cause') : undefined;
  }
  return parts.join('\n');
}

/** A property of an error; undefined where its getter throws. */
function read(error: object, name: string): unknown {
  try {
    return (error as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
}

function safeText(value: unknown): string {
  try {
    return String(value);
  } catch {
    return '[unreadable]';
  }
}
