import { DiagLogLevel, diag } from '@opentelemetry/api';
import { describe, isSaid, say, sayOnce } from './stderr.js';

/**
 * What the record itself says (dropped_attributes_count), what the start-up line does, and what nobody can put right: an
 * instrumentation that sets an attribute to undefined (Knex, for a statement without a table).
 */
const SAID_ELSEWHERE =
  /^(?:Failed to read (?:root|client) certificate|Dropping extra attributes|Unknown log level|Invalid attribute value set for key)/;
const SETTING_NAME = /\b(?:OTEL|HALLMARK)_[A-Z0-9_]+\b/;

/** Texts and errors, the namespace of the component first; objects, addresses and quoted values are left out. */
function withoutValues(parts: readonly unknown[]): string {
  const texts = parts.flatMap((part) => (typeof part === 'string' || part instanceof Error ? describe(part) : []));
  return texts.join(': ').replaceAll(/\b\w+:\/\/\S+|'[^']*'/g, '[REDACTED]');
}

/** Two messages that differ only in ids and numbers have one cause. */
function causeOf(message: string): string {
  return message.replaceAll(/[0-9a-f]{8,}|\d+/g, '#').slice(0, 120);
}

/**
 * Takes over OpenTelemetry's diagnostics: on standard error (the stock logger uses standard output for some levels),
 * one line a cause, and without values.
 *
 * @param onIgnoredSetting told the name of each environment variable that the SDK rejects
 */
export function takeOverDiagnostics(onIgnoredSetting: (name: string) => void): void {
  const report =
    (level: 'error' | 'warn') =>
    (...parts: unknown[]) => {
      const message = withoutValues(parts);
      const setting = SETTING_NAME.exec(message)?.[0];
      if (setting) onIgnoredSetting(setting);
      else if (!SAID_ELSEWHERE.test(message)) sayOnce(level, causeOf(message), message);
    };
  const chat = (...parts: unknown[]) => say('debug', withoutValues(parts));
  diag.setLogger(
    { error: report('error'), warn: report('warn'), info: chat, debug: chat, verbose: () => undefined },
    { logLevel: isSaid('debug') ? DiagLogLevel.DEBUG : DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  // Where OTEL_LOG_LEVEL is set NodeSDK would put the stock logger in this one's place.
  diag.setLogger = () => false;
}
