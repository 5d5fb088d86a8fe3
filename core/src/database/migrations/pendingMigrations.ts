import type { Database } from '../Database.js';
import { compareWithLedger } from './compareWithLedger.js';
import { type MigrationSet, planOf, readLedger } from './ledger.js';

/**
 * What the database still lacks, and what was applied once and has no plugin any more, as a server may ask that has no
 * rights to migrate.
 *
 * @throws {DatabaseError} when an applied migration was edited since
 */
export async function compareMigrations(
  database: Database,
  sets: readonly MigrationSet[],
): Promise<ReturnType<typeof compareWithLedger>> {
  const [applied, plan] = await Promise.all([
    database.system((tx) => readLedger(tx.client)),
    // Reckoned while the database answers.
    Promise.resolve().then(() => planOf(sets)),
  ]);
  return compareWithLedger(plan, applied);
}

/**
 * Which migrations the database still lacks.
 *
 * @throws {DatabaseError} when an applied migration was edited since
 */
export async function pendingMigrations(
  database: Database,
  sets: readonly MigrationSet[],
): Promise<{ readonly plugin: string; readonly name: string }[]> {
  const { pending } = await compareMigrations(database, sets);
  return pending.map(({ plugin, name }) => ({ plugin, name }));
}
