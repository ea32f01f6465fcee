import { DEAD_LETTERS_MIGRATION, STAFF_MIGRATION } from '@hallmark/foundation';

export const MIGRATION = `
  CREATE TABLE IF NOT EXISTS orders (
    order_id text PRIMARY KEY,
    customer_id uuid NOT NULL,
    status text NOT NULL,
    parameters jsonb NOT NULL,
    delivery jsonb NOT NULL,
    price numeric(12, 2),
    seller_id text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX IF NOT EXISTS orders_by_status ON orders (status, created_at);
  ${STAFF_MIGRATION}
  ${DEAD_LETTERS_MIGRATION}
`;
