import pg from 'pg';
import type { Life } from './life.js';
import type { Logger } from './logger.js';
import { requiredVariable } from './variables.js';

const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 10_000;

export type Database = pg.Pool;
export type Transaction = pg.PoolClient;

/**
 * The service's own schema in the database at `DATABASE_URL`, made or brought up to date by `migration`: SQL that has
 * the same end however often it runs. Closed when the service stops.
 */
export async function openDatabase(schema: string, migration: string, logger: Logger, life: Life): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: requiredVariable('DATABASE_URL'),
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: schema,
    options: `-c search_path=${schema}`,
  });
  // Without a listener a database that restarts would end the service through its idle connections.
  pool.on('error', (error) => logger.warn('an idle database connection was lost', { error }));
  life.onStop('the database pool', () => pool.end());
  await inTransaction(pool, async (transaction) => {
    // Two instances of a service may start at once; CREATE … IF NOT EXISTS alone can still collide.
    await transaction.query('SELECT pg_advisory_xact_lock(hashtext($1))', [schema]);
    await transaction.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await transaction.query(migration);
  });
  return pool;
}

/** Runs `work` between BEGIN and COMMIT; when it throws, everything is rolled back and the error passed on. */
export async function inTransaction<T>(pool: Database, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // The query that is under way hears of a lost connection too, but an error event that nobody hears ends the process.
  const onLost = (lost: Error) => {
    broken = lost;
  };
  client.on('error', onLost);
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(onLost);
    throw error;
  } finally {
    client.off('error', onLost);
    client.release(broken);
  }
}
