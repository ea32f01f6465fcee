export const MIGRATION = `
  CREATE TABLE IF NOT EXISTS orders (
    order_id text PRIMARY KEY,
    customer_id uuid NOT NULL,
    status text NOT NULL,
    parameters jsonb NOT NULL,
    delivery jsonb NOT NULL,
    model jsonb,
    polygons integer,
    volume_mm3 double precision,
    price numeric(12, 2),
    reason text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX IF NOT EXISTS orders_by_customer ON orders (customer_id, created_at DESC);
`;
