import { format } from 'node:util';
import { context, SeverityNumber, trace } from '@opentelemetry/api';
import { bagOfContext } from '../context/bag.js';
import type { RecordWriter } from '../records/record-writer.js';
import { limits } from '../settings/limits.js';
import { guarded } from '../talk/stderr.js';
import { exceptionAttributes, isError } from '../winston/exception.js';
import { cutText } from '../winston/values.js';
import { isTransportWriting } from '../winston/writing.js';

const SCOPE = { name: 'console' };

/** Methods that print a line. Others (`table`, `trace`, `assert`, `group`) print through them. */
const METHODS = {
  debug: { severityNumber: SeverityNumber.DEBUG, severityText: 'DEBUG' },
  log: { severityNumber: SeverityNumber.INFO, severityText: 'INFO' },
  info: { severityNumber: SeverityNumber.INFO, severityText: 'INFO' },
  warn: { severityNumber: SeverityNumber.WARN, severityText: 'WARN' },
  error: { severityNumber: SeverityNumber.ERROR, severityText: 'ERROR' },
} as const;

type Method = keyof typeof METHODS;

/**
 * Sends what is printed by the global console, which prints what it printed before. What a winston transport prints is not
 * sent from here: it is on its way as the line of its logger.
 */
export function takeConsole(writer: RecordWriter): void {
  let isSending = false;
  const sendOnce = (method: Method, args: readonly unknown[]) => {
    if (isSending || isTransportWriting()) return;
    isSending = true;
    try {
      guarded('console', () => send(writer, method, args));
    } finally {
      isSending = false;
    }
  };
  for (const method of Object.keys(METHODS) as Method[]) {
    const print = console[method];
    const wrapper = function (this: unknown, ...args: unknown[]): void {
      print.apply(this, args);
      sendOnce(method, args);
    };
    console[method] = Object.defineProperty(wrapper, 'name', { value: method });
  }
}

function send(writer: RecordWriter, method: Method, args: readonly unknown[]): void {
  const active = context.active();
  const error = args.find(isError);
  const attributes = error === undefined ? {} : exceptionAttributes(error);
  if (error) {
    // Says why an answer is 5xx, as an error that winston logs does.
    const bag = bagOfContext(active);
    const { 'exception.type': type, 'exception.message': message } = attributes;
    if (bag) bag.lastError = { type: String(type), message: String(message) };
  }
  // Stack traces have a place of their own on the record.
  const texts = args.map((arg) => (isError(arg) ? arg.message : arg));
  writer.write({
    scope: SCOPE,
    ...METHODS[method],
    body: cutText(format(...texts), limits.messageChars),
    eventName: undefined,
    attributes,
    span: trace.getSpan(active),
    context: active,
  });
}
