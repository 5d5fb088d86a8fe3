import { eventsMigration } from '../events/migrations/20261120_events.js';
import { idempotencyMigration } from '../idempotency/migrations/20261120_idempotency.js';
import { mailMigration } from '../mail/migrations/20261120_mail.js';
import { testDatabase, type TestDatabase, type TestDatabaseOptions } from '../testing/database.js';
import { installJobSchema, JOB_SCHEMA_REVISION } from './installJobSchema.js';
import { jobsMigration } from './migrations/20261120_jobs.js';
import { jobProgressMigration } from './migrations/20261122_job_progress.js';

/** A database with the queue, the outbox and what else messaging needs. */
export function openMessagingDatabase(config: TestDatabaseOptions['config'] = {}): Promise<TestDatabase> {
  return testDatabase({
    sets: [
      {
        plugin: 'core',
        migrations: [
          jobsMigration,
          eventsMigration,
          idempotencyMigration,
          mailMigration,
          jobProgressMigration,
        ],
      },
    ],
    prepare: { key: `jobs-${JOB_SCHEMA_REVISION}`, run: installJobSchema },
    config: { poolSize: 10, ...config },
  });
}
