import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { databaseConfig } from '../database/config.js';
import { Database } from '../database/Database.js';
import { pendingMigrations } from '../database/migrations/pendingMigrations.js';
import type { Host } from '../kernel/host.js';
import type { AnyPlugin } from '../kernel/plugin.js';
import { declaredPlugins } from './declaredPlugins.js';
import { openDatabase, type OpenDatabase } from './openDatabase.js';
import { migrationSets, prepareSchema } from './prepareSchema.js';

export interface MigrationName {
  readonly plugin: string;
  readonly name: string;
}

/**
 * Brings the schema to what the plugins of the hosts need, and nothing else: no platform, no content, no server.
 *
 * @returns what was applied, in order
 * @throws {ConfigError} when something is pending and no login of the owner is configured
 */
export function migrateDatabase(
  hosts: readonly Host[],
  config: Config,
  logger: Logger,
): Promise<readonly MigrationName[]> {
  return withDatabase(hosts, config, logger, async (place, database, plugins) => {
    const pending = await unapplied(database, plugins);
    await prepareSchema(place, database, plugins, logger);
    return pending;
  });
}

/** What a migration would apply. The database is only read; the embedded one is started for that. */
export function unappliedMigrations(
  hosts: readonly Host[],
  config: Config,
  logger: Logger,
): Promise<readonly MigrationName[]> {
  return withDatabase(hosts, config, logger, (_place, database, plugins) => unapplied(database, plugins));
}

async function withDatabase<Result>(
  hosts: readonly Host[],
  config: Config,
  logger: Logger,
  work: (place: OpenDatabase, database: Database, plugins: readonly AnyPlugin[]) => Promise<Result>,
): Promise<Result> {
  const plugins = declaredPlugins(hosts);
  const place = await openDatabase(config, logger);
  const database = new Database(
    databaseConfig({ appUrl: place.appUrl, poolSize: 2, statementNames: config.database.statementNames }),
    { log: logger },
  );
  try {
    return await work(place, database, plugins);
  } finally {
    await database.close();
    await place.stop();
  }
}

async function unapplied(
  database: Database,
  plugins: readonly AnyPlugin[],
): Promise<readonly MigrationName[]> {
  const sets = migrationSets(plugins);
  try {
    return await pendingMigrations(database, sets);
  } catch (error) {
    // An empty database has no ledger yet, or no role that may read one.
    if (!['42P01', '3F000', '42501'].includes((error as { code?: string }).code ?? '')) throw error;
    return sets.flatMap(({ plugin, migrations }) => migrations.map(({ name }) => ({ plugin, name })));
  }
}
