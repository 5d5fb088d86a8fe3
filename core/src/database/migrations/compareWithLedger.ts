import { DatabaseError } from '../errors.js';
import type { AppliedMigration, PlannedMigration } from './ledger.js';

interface Comparison {
  /** Still to be applied, in order. */
  readonly pending: readonly PlannedMigration[];
  /** Applied once, and no longer there: its plugin was removed. */
  readonly orphaned: readonly AppliedMigration[];
}

/**
 * What is to be done for a plan.
 *
 * @throws {DatabaseError} when a migration that has been applied was edited since
 */
export function compareWithLedger(
  plan: readonly PlannedMigration[],
  applied: readonly AppliedMigration[],
): Comparison {
  const done = new Map(applied.map((each) => [keyOf(each), each]));
  const planned = new Set(plan.map(keyOf));
  for (const migration of plan) {
    const before = done.get(keyOf(migration));
    if (before && before.checksum !== migration.checksum) throw edited(migration);
  }
  return {
    pending: plan.filter((migration) => !done.has(keyOf(migration))),
    orphaned: applied.filter((each) => !planned.has(keyOf(each))),
  };
}

function keyOf({ plugin, name }: { readonly plugin: string; readonly name: string }): string {
  return `${plugin}/${name}`;
}

function edited(migration: PlannedMigration): DatabaseError {
  return new DatabaseError(
    'MIGRATION_EDITED',
    `The migration ${keyOf(migration)} has been changed since it was applied to this database.`,
    `Put its file back as it was, and write what is new as a further migration of '${migration.plugin}'. ` +
      'For a database that may be lost, delete it and start again.',
  );
}
