import pg from 'pg';
import { connectionProblem } from '../database/connectionProblem.js';
import type { Database } from '../database/Database.js';

const SCHEMA = 'graphile_worker';
/** Number of the last migration of the pinned graphile-worker; a test holds it against the package. */
export const JOB_SCHEMA_REVISION = 19;
/** Any number that nothing else locks: processes that start at once wait for each other here. */
const LOCK = 7_410_632_101;

/**
 * Brings the job queue's own schema up to date and lets `app_system` work with it.
 *
 * May be run any number of times and by several processes at once. The package is loaded only where something
 * is to be done.
 *
 * @param ownerUrl direct connection of the owner of the database
 * @throws {DatabaseError} when the database does not let the owner in
 */
export async function installJobSchema(ownerUrl: string): Promise<void> {
  const client = new pg.Client({
    connectionString: ownerUrl,
    application_name: 'wizamart-migrate',
    connectionTimeoutMillis: 10_000,
  });
  await client.connect().catch((cause: unknown) => {
    throw connectionProblem(ownerUrl, cause, 'DATABASE_OWNER_URL');
  });
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    if ((await installedRevision(client)) < JOB_SCHEMA_REVISION) await migrateQueue(ownerUrl);
    await client.query(RIGHTS);
  } finally {
    await client.end();
  }
}

/**
 * Whether the queue's schema is there as this release wants it, with all rights, as the role that serves can tell.
 *
 * A newer one counts too: another node has been upgraded before this one.
 */
export async function hasJobSchema(database: Database): Promise<boolean> {
  return database.system(async (tx) => {
    const [rights] = await tx.query<{ complete: boolean }>(COMPLETE);
    if (!rights?.complete) return false;
    const [last] = await tx.query<{ id: number | null }>(`SELECT max(id) AS id FROM ${SCHEMA}.migrations`);
    return (last?.id ?? 0) >= JOB_SCHEMA_REVISION;
  });
}

async function installedRevision(client: pg.Client): Promise<number> {
  const {
    rows: [found],
  } = await client.query<{ exists: boolean }>('SELECT to_regclass($1) IS NOT NULL AS exists', [
    `${SCHEMA}.migrations`,
  ]);
  if (!found?.exists) return 0;
  const {
    rows: [last],
  } = await client.query<{ id: number | null }>(`SELECT max(id) AS id FROM ${SCHEMA}.migrations`);
  return last?.id ?? 0;
}

async function migrateQueue(ownerUrl: string): Promise<void> {
  const { runMigrations, Logger } = await import('graphile-worker');
  const quiet = new Logger(() => () => undefined);
  await runMigrations({ connectionString: ownerUrl, schema: SCHEMA, logger: quiet, maxPoolSize: 1 });
}

/** The queue's tables have row-level security without policies, so rights alone would show no row. */
const RIGHTS = `
  GRANT USAGE ON SCHEMA ${SCHEMA} TO app_system;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${SCHEMA} TO app_system;
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${SCHEMA} TO app_system;
  DO $do$ DECLARE queue_table text; BEGIN
    FOR queue_table IN SELECT tablename FROM pg_tables WHERE schemaname = '${SCHEMA}' AND rowsecurity LOOP
      IF NOT EXISTS (SELECT FROM pg_policies WHERE schemaname = '${SCHEMA}' AND tablename = queue_table AND policyname = 'app_system_works') THEN
        EXECUTE format('CREATE POLICY app_system_works ON ${SCHEMA}.%I TO app_system USING (true) WITH CHECK (true)', queue_table);
      END IF;
    END LOOP;
  END $do$`;

/** Whether all of the above has been granted. */
const COMPLETE = `
  SELECT count(*) > 0 AND bool_and(has_table_privilege('app_system', t.oid, 'SELECT') AND has_table_privilege('app_system', t.oid, 'INSERT')
      AND has_table_privilege('app_system', t.oid, 'UPDATE') AND has_table_privilege('app_system', t.oid, 'DELETE')
      AND (NOT t.relrowsecurity OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid AND p.polname = 'app_system_works')))
    AND has_schema_privilege('app_system', to_regnamespace('${SCHEMA}'), 'USAGE')
    AND (SELECT coalesce(bool_and(has_function_privilege('app_system', f.oid, 'EXECUTE')), true) FROM pg_proc f WHERE f.pronamespace = to_regnamespace('${SCHEMA}'))
    AND to_regclass('${SCHEMA}.migrations') IS NOT NULL AS complete
  FROM pg_class t WHERE t.relnamespace = to_regnamespace('${SCHEMA}') AND t.relkind = 'r'`;
