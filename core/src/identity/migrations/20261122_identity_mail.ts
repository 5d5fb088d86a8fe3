import { defineMigration } from '../../database/migration.js';

/** Mails about an account are queued in the transaction that changes it, which is the system's. */
export const identityMailMigration = defineMigration('20261122_identity_mail', (m) => {
  m.sql(
    'grant execute on function core_enqueue_job(text, text, jsonb, text, timestamptz, float8, int, text) to app_system',
  );
});
