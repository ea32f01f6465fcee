/**
 * The systems that have streams of their own, by `service.name`; the collector sorts by the same list
 * (collector/otel-collector.yaml, transform/route), and puts whoever is not on it into `unknown`.
 */
export const systems = [
  'internet-shop',
  'shop-api',
  'crm',
  'crm-api',
  'mes',
  'mes-api',
  'rabbitmq',
  'postgresql',
  'elasticsearch',
  '3d-file-storage',
  'customers',
  'collector',
  'unknown',
] as const;

/** A dataset may hold no hyphen. */
export function datasetOf(system: string): string {
  return system.replaceAll('-', '_');
}
