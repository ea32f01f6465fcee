import { stripVTControlCharacters } from 'node:util';
import type { AnyValue } from '@opentelemetry/api';
import { limits } from '../settings/limits.js';
import { exceptionAttributes, isError } from './exception.js';
import { cutText, newBudget, readProperty, toAnyValue, UNREADABLE } from './values.js';

export const LEVEL = Symbol.for('level');
export const MESSAGE = Symbol.for('message');
export const SPLAT = Symbol.for('splat');

/** winston's `info`: what a log call becomes on its way through the logger's formats. */
export interface Info {
  level?: unknown;
  message?: unknown;
  [key: string]: unknown;
  [LEVEL]?: unknown;
  [MESSAGE]?: unknown;
  [SPLAT]?: unknown;
}

/** A log call as OpenTelemetry sees it. */
export interface WinstonRecord {
  readonly body: string;
  readonly eventName: string | undefined;
  readonly error: Error | undefined;
  readonly attributes: Record<string, AnyValue>;
}

/** Fields with a place of their own on the record, or that only repeat what is on it. */
const NO_ATTRIBUTES = new Set([
  'level',
  'message',
  'event',
  'label',
  'trace_id',
  'span_id',
  'trace_flags',
  'timestamp',
]);
/** The first lines of V8's stack traces. */
const STACK_TEXT = /^(?:Uncaught )?([\w$.]*(?:Error|Exception)\b)?[^\n]*\n\s+at /;

/** @param written the info as the service's call made it, before the logger's formats: it still has the real errors */
export function toRecord(formatted: Info, written: Info): WinstonRecord {
  const error = findError(written) ?? findError(formatted);
  const attributes: Record<string, AnyValue> = {};
  const exception = error && exceptionAttributes(error);
  const budget = newBudget(exception && charsIn(exception));
  let count = 0;
  for (const key of Object.keys(formatted)) {
    if (NO_ATTRIBUTES.has(key)) continue;
    const value = readProperty(formatted, key, UNREADABLE);
    if (error && repeatsError(key, value, error)) continue;
    // What is beyond the limit is only counted, as the record's dropped attributes.
    const converted = count < limits.recordAttributes ? toAnyValue(value, budget) : true;
    if (converted === undefined) continue;
    budget.left -= key.length;
    attributes[cutText(key, limits.contextValueChars)] = converted;
    count += 1;
  }
  if (typeof formatted.label === 'string') attributes['code.namespace'] = formatted.label;
  if (exception) Object.assign(attributes, exception);
  else moveStackText(attributes, formatted);
  return {
    body: bodyText(formatted, written),
    eventName: eventName(formatted, written),
    error,
    attributes,
  };
}

function charsIn(texts: Readonly<Record<string, unknown>>): number {
  return Object.values(texts).reduce<number>((sum, text) => sum + String(text).length, 0);
}

/** An error counts when it is a real one: logged by itself, as the first argument after the message, or as `error`/`err`. */
function findError(info: Info): Error | undefined {
  if (isError(info)) return info;
  for (const value of [info.error, info.err, info.message]) if (isError(value)) return value;
  const splat = info[SPLAT];
  return Array.isArray(splat) ? splat.find(isError) : undefined;
}

function repeatsError(key: string, value: unknown, error: Error): boolean {
  return value === error || (key === 'stack' && value === error.stack) || (key === 'cause' && value === error.cause);
}

/** A child logger and `format.errors` leave of an error only its texts; the stack shows that it was one. */
function moveStackText(attributes: Record<string, AnyValue>, info: Info): void {
  const stack = info.stack;
  const match = typeof stack === 'string' ? STACK_TEXT.exec(stack) : null;
  if (!match || typeof stack !== 'string') return;
  delete attributes.stack;
  attributes['exception.type'] = match[1] ?? 'Error';
  attributes['exception.message'] = textOf(info.message, limits.attributeChars);
  attributes['exception.stacktrace'] = cutText(stack, limits.stackChars);
}

function bodyText(formatted: Info, written: Info): string {
  const { message } = formatted;
  if (message === undefined && isError(written)) return textOf(written.message, limits.messageChars);
  return textOf(isError(message) ? message.message : message, limits.messageChars);
}

/** Objects as messages keep their content as JSON; colours of `format.colorize({ all: true })` are for terminals. */
function textOf(value: unknown, longest: number): string {
  if (typeof value === 'string')
    return cutText(value.includes('\u001b') ? stripVTControlCharacters(value) : value, longest);
  if (value === undefined) return '';
  const converted = toAnyValue(value) ?? String(value);
  return cutText(typeof converted === 'string' ? converted : JSON.stringify(converted), longest);
}

function eventName(formatted: Info, written: Info): string | undefined {
  const event = formatted.event ?? written.event;
  return typeof event === 'string' && event !== '' ? cutText(event, limits.contextValueChars) : undefined;
}
