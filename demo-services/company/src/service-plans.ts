/** The services, each after those that it calls: the order to stop them in, read from the end. */
export const SERVICE_NAMES = [
  '3d-file-storage',
  'mes-api',
  'crm-api',
  'shop-api',
  'mes',
  'crm',
  'internet-shop',
] as const;

/** Those with pages, which people reach from outside. */
const DOORS: readonly string[] = ['internet-shop', 'crm', 'mes'];

export type ServiceName = (typeof SERVICE_NAMES)[number];

export type ServiceUrls = Readonly<Record<ServiceName, string>>;

export interface Surroundings {
  urls: ServiceUrls;
  /** `DATABASE_URL`, `AMQP_URL`, the `AWS_…` variables of S3 and, where records are sent, `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  addresses: Readonly<Record<string, string>>;
  /** Of the accounts that make the accounts of sellers and operators. */
  administratorPassword: string;
}

/** The environment that a service needs for its own work. It gets no address or password beyond that. */
export function ownVariables(
  service: ServiceName,
  { urls, addresses, administratorPassword: ADMIN_PASSWORD }: Surroundings,
): Record<string, string> {
  const { DATABASE_URL = '', AMQP_URL = '' } = addresses;
  switch (service) {
    case '3d-file-storage':
      return { S3_BUCKET: 'models', ...s3Variables(addresses) };
    case 'mes-api':
      return { DATABASE_URL, AMQP_URL, ADMIN_PASSWORD, FILE_STORAGE_URL: urls['3d-file-storage'] };
    case 'crm-api':
      return { DATABASE_URL, AMQP_URL, ADMIN_PASSWORD, SHOP_API_URL: urls['shop-api'] };
    case 'shop-api':
      return { DATABASE_URL, FILE_STORAGE_URL: urls['3d-file-storage'], CRM_API_URL: urls['crm-api'] };
    case 'crm':
      return { CRM_API_URL: urls['crm-api'], SHOP_API_URL: urls['shop-api'] };
    case 'mes':
      return { MES_API_URL: urls['mes-api'] };
    case 'internet-shop':
      return { DATABASE_URL, SHOP_API_URL: urls['shop-api'] };
  }
}

/** The standard variables of S3 clients. */
function s3Variables(addresses: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(addresses).filter(([name]) => name.startsWith('AWS_')));
}

/** What the preload is told: which keys travel with an order, where they may go, and whose are believed. */
export function telemetryVariables(service: ServiceName, { urls, addresses }: Surroundings): Record<string, string> {
  const parts = [addresses.AMQP_URL, addresses.AWS_ENDPOINT_URL_S3];
  const inside = [...Object.values(urls), ...parts].flatMap((url) => (url ? [new URL(url).host] : []));
  return {
    ...(addresses.OTEL_EXPORTER_OTLP_ENDPOINT && {
      OTEL_EXPORTER_OTLP_ENDPOINT: addresses.OTEL_EXPORTER_OTLP_ENDPOINT,
    }),
    HALLMARK_CONTEXT_KEYS: 'order.id,customer.id',
    HALLMARK_IGNORE_PATHS: '/health',
    HALLMARK_CONTEXT_FROM: 'order.id=orderId;customer.id=customerId',
    HALLMARK_CONTEXT_SEND_TO: inside.join(','),
    // What people send along to the pages is not believed.
    ...(DOORS.includes(service)
      ? { HALLMARK_TRACE_ACCEPT_FROM: 'none' }
      : { HALLMARK_CONTEXT_ACCEPT_FROM: '127.0.0.1,::1' }),
  };
}
