// What the preload bundles: no YAML, no schema library, no file. The policy comes in as data, checked when it was built.

export type { PhoneLibrary } from './recognisers/phone.js';
export { compilePolicy, Redactor, type RedactorOptions } from './redactor.js';
export type { Policy } from './schema.js';
export {
  failedAttribute,
  maskedAttribute,
  policyAttribute,
  type RedactableLogRecord,
  type RedactableSpan,
  TelemetryRedactor,
} from './telemetry.js';
