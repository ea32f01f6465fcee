import { SeverityNumber } from '@opentelemetry/api';

/** Severities of the preload's own records. */
export const severities = {
  INFO: SeverityNumber.INFO,
  WARN: SeverityNumber.WARN,
  ERROR: SeverityNumber.ERROR,
  FATAL: SeverityNumber.FATAL,
} as const;

export type SeverityText = keyof typeof severities;
