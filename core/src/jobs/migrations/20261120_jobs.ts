import { defineMigration } from '../../database/migration.js';

/** Parked jobs, when schedules fired last, and the one function by which a tenant's transaction enqueues. */
export const jobsMigration = defineMigration('20261120_jobs', (m) => {
  m.systemTable('core_parked_job', {
    comment:
      'Jobs taken from the queue because their module is off on their platform; put back when it is on again.',
    columns: (table) => {
      table.bigInteger('id').primary().comment('Id that the job had in the queue.');
      table.uuid('platform_id').notNullable().comment('Platform on which the module is off.');
      table.text('module').notNullable().comment('Code of the module that is off.');
      table.text('task').notNullable().comment('Name of the job.');
      table.jsonb('envelope').notNullable().comment('Tenant and payload as they stood in the queue.');
      table.text('job_key').unique().comment('Key under which it replaces itself; null for none.');
      table.integer('max_attempts').notNullable().comment('How often it is tried.');
      table.timestamp('run_at').notNullable().comment('When it was due.');
      table.text('reason').notNullable().comment('Why it was parked, in words for an administrator.');
      table.timestamp('parked_at').notNullable().comment('When it was parked.');
      table.index(['platform_id', 'module']);
    },
  });
  m.systemTable('core_schedule', {
    comment:
      'For which minute a scheduled job was fired last on a platform; makes it fire once however many nodes there are.',
    columns: (table) => {
      table
        .text('job')
        .notNullable()
        .comment("Name of the job; '' is the scheduler itself, of the nil platform.");
      table.uuid('platform_id').notNullable().comment('Platform for which it was fired.');
      table.timestamp('fired_at').notNullable().comment('The minute it was due for, UTC.');
      table.primary(['job', 'platform_id']);
    },
  });
  // SECURITY DEFINER, since a tenant's role may not touch the queue. It takes no tenant: that is read from the
  // settings of the transaction, the same that row-level security goes by, so it can be spoofed no more than they.
  m.sql(`
    CREATE FUNCTION core_enqueue_job(task text, module text, payload jsonb, language text, due_at timestamptz, delay_ms float8, max_attempts int, job_key text)
    RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $function$
    DECLARE
      platform text := nullif(current_setting('app.platform_id', true), '');
      merchant text := nullif(current_setting('app.merchant_id', true), '');
      store text := nullif(current_setting('app.store_id', true), '');
    BEGIN
      IF platform IS NULL THEN
        RAISE EXCEPTION 'core_enqueue_job: the transaction has no platform' USING ERRCODE = '42501';
      END IF;
      IF length(job_key) > 200 THEN
        RAISE EXCEPTION 'core_enqueue_job: the key is longer than 200 characters' USING ERRCODE = '22001';
      END IF;
      RETURN (graphile_worker.add_job(
        task,
        json_build_object('module', module, 'platformId', platform, 'merchantId', merchant, 'storeId', store,
          'language', language, 'dueAt', due_at, 'payload', payload),
        run_at := now() + delay_ms * interval '1 millisecond',
        max_attempts := core_enqueue_job.max_attempts,
        job_key := concat_ws(':', platform, coalesce(merchant, '-'), coalesce(store, '-'), task) || ':' || core_enqueue_job.job_key
      )).id;
    END $function$`);
  m.sql(
    'REVOKE ALL ON FUNCTION core_enqueue_job(text, text, jsonb, text, timestamptz, float8, int, text) FROM PUBLIC',
  );
  m.sql(
    'GRANT EXECUTE ON FUNCTION core_enqueue_job(text, text, jsonb, text, timestamptz, float8, int, text) TO app_serve',
  );
  m.sql(
    "COMMENT ON FUNCTION core_enqueue_job(text, text, jsonb, text, timestamptz, float8, int, text) IS 'Enqueues a job for the tenant of the transaction; the only way in for app_serve.'",
  );
});
