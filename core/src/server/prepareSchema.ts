import type { Logger } from 'pino';
import type { Database } from '../database/Database.js';
import { DatabaseError } from '../database/errors.js';
import { compareMigrations, pendingMigrations } from '../database/migrations/pendingMigrations.js';
import { runMigrations, warnOfOrphans } from '../database/migrations/runMigrations.js';
import { ConfigError } from '../config/config.js';
import { hasJobSchema, installJobSchema } from '../jobs/installJobSchema.js';
import type { AnyPlugin } from '../kernel/plugin.js';
import type { OpenDatabase } from './openDatabase.js';

/** The migrations of all installed plugins, on or off: a toggle never changes a schema. */
export const migrationSets = (
  plugins: readonly AnyPlugin[],
): { plugin: string; migrations: AnyPlugin['migrations'] }[] =>
  plugins.map(({ code, migrations }) => ({ plugin: code, migrations }));

/** Migrates as the owner; without the owner's rights makes sure that nothing is pending. */
export async function prepareSchema(
  place: OpenDatabase,
  database: Database,
  plugins: readonly AnyPlugin[],
  logger: Logger,
): Promise<void> {
  const sets = migrationSets(plugins);
  if (place.ownerUrl === undefined) {
    const pending = await pendingMigrations(database, sets);
    if (pending.length === 0) return;
    throw new ConfigError(
      `${pending.length} migrations are pending (${pending
        .slice(0, 5)
        .map(({ plugin, name }) => `${plugin}/${name}`)
        .join(', ')}${pending.length > 5 ? ', …' : ''}), and DATABASE_URL may not run them:\n` +
        '  set DATABASE_OWNER_URL to a login of the owner of the database, or run once: DATABASE_OWNER_URL=… npx wizamart migrate',
    );
  }
  if (await isReady(database, sets, logger)) return;
  // The queue first: the core's own migrations put functions on top of it.
  await installJobSchema(place.ownerUrl);
  const report = await runMigrations({
    ownerUrl: place.ownerUrl,
    sets,
    log: logger,
    onProgress: ({ done, total, next }) => {
      if (next)
        logger.info({ migration: `${next.plugin}/${next.name}` }, `migrating ${done + 1} of ${total}`);
    },
  });
  if (report.applied.length > 0)
    logger.info({ migrations: report.applied.length, ms: report.milliseconds }, 'the database is migrated');
}

/** What every start but the first after an upgrade finds: nothing to do. Then nobody logs in as the owner, and nobody waits for the lock. */
async function isReady(
  database: Database,
  sets: ReturnType<typeof migrationSets>,
  logger: Logger,
): Promise<boolean> {
  const [queue, ledger] = await Promise.allSettled([
    hasJobSchema(database),
    compareMigrations(database, sets),
  ]);
  // An edited migration is told; an empty database cannot be asked.
  if (ledger.status === 'rejected') {
    if (ledger.reason instanceof DatabaseError) throw ledger.reason;
    return false;
  }
  const { pending, orphaned } = ledger.value;
  if (pending.length > 0 || queue.status === 'rejected' || !queue.value) return false;
  warnOfOrphans(orphaned, logger);
  return true;
}
