export { defaultPolicyFile, loadPhones, readPolicy } from './files.js';
export { PolicyError, parsePolicy } from './load.js';
export { policyMark } from './mark.js';
export type { PhoneLibrary } from './recognisers/phone.js';
export { type Counts, compilePolicy, type Explained, Redactor, type RedactorOptions } from './redactor.js';
export { type Policy, policySchema } from './schema.js';
export {
  failedAttribute,
  maskedAttribute,
  policyAttribute,
  type RedactableLogRecord,
  type RedactableSpan,
  redactRecord,
  TelemetryRedactor,
} from './telemetry.js';
export { cleanObject, cleanValue } from './walk.js';
