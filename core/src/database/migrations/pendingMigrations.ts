import type { Database } from '../Database.js';
import { compareWithLedger } from './compareWithLedger.js';
import { type MigrationSet, planOf, readLedger } from './ledger.js';

/**
 * Which migrations the database still lacks, as a server may ask that has no rights to migrate.
 *
 * @throws {DatabaseError} when an applied migration was edited since
 */
export async function pendingMigrations(
  database: Database,
  sets: readonly MigrationSet[],
): Promise<{ readonly plugin: string; readonly name: string }[]> {
  const applied = await database.system((tx) => readLedger(tx.client));
  const { pending } = compareWithLedger(planOf(sets), applied);
  return pending.map(({ plugin, name }) => ({ plugin, name }));
}
