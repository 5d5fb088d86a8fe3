import pg from 'pg';
import { connectionProblem } from '../connectionProblem.js';
import { DatabaseError } from '../errors.js';
import { compareWithLedger } from './compareWithLedger.js';
import {
  type MigrationSet,
  openLedger,
  type PlannedMigration,
  planOf,
  readLedger,
  record,
} from './ledger.js';

export interface MigrationOptions {
  /** Direct connection of the owner of the database; not through a pooler, since a lock is held on it. */
  readonly ownerUrl: string;
  /** All installed plugins, on or off, in the order of their dependencies. */
  readonly sets: readonly MigrationSet[];
  readonly log?: { warn(details: object, message: string): void };
  /** Called before each migration, and once more when all is done (`next` is undefined). */
  readonly onProgress?: (progress: MigrationProgress) => void;
}

export interface MigrationProgress {
  readonly done: number;
  readonly total: number;
  readonly next: { readonly plugin: string; readonly name: string } | undefined;
}

export interface MigrationReport {
  readonly applied: readonly {
    readonly plugin: string;
    readonly name: string;
    readonly durationMs: number;
  }[];
  readonly milliseconds: number;
}

/** Any number that nothing else locks. */
const lock = 7_410_632_100;

/**
 * Brings the database to the state that the installed plugins need.
 *
 * Any number of processes may call it at once: one works, the others wait and find nothing to do. Each migration
 * is one transaction together with its line in the ledger, so a process that is killed leaves nothing half done.
 *
 * @throws {DatabaseError} when the database does not answer, a migration fails, or an applied one was edited
 */
export async function runMigrations({
  ownerUrl,
  sets,
  log,
  onProgress,
}: MigrationOptions): Promise<MigrationReport> {
  const begin = performance.now();
  const plan = planOf(sets);
  const owner = await connect(ownerUrl);
  try {
    // A process that was killed in the middle of a long statement gives its lock back within a second, where the
    // server's system can tell; elsewhere when the statement ends.
    await owner.query("set client_connection_check_interval = '1s'").catch(() => undefined);
    await owner.query('select pg_advisory_lock($1)', [lock]);
    await openLedger(owner);
    const { pending, orphaned } = compareWithLedger(plan, await readLedger(owner));
    if (log) warnOfOrphans(orphaned, log);
    const applied = [];
    for (const migration of pending) {
      onProgress?.({ done: applied.length, total: pending.length, next: migration });
      applied.push({
        plugin: migration.plugin,
        name: migration.name,
        durationMs: await apply(owner, migration),
      });
    }
    onProgress?.({ done: applied.length, total: pending.length, next: undefined });
    return { applied, milliseconds: Math.round(performance.now() - begin) };
  } finally {
    // Closing the connection gives the lock back.
    await owner.end().catch(() => undefined);
  }
}

async function connect(ownerUrl: string): Promise<pg.Client> {
  const owner = new pg.Client({
    connectionString: ownerUrl,
    application_name: 'wizamart-migrate',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  // A connection that breaks fails the query that runs; without a listener it would end the process.
  owner.on('error', () => undefined);
  try {
    await owner.connect();
  } catch (cause) {
    throw connectionProblem(ownerUrl, cause, 'DATABASE_OWNER_URL');
  }
  return owner;
}

async function apply(owner: pg.Client, migration: PlannedMigration): Promise<number> {
  const begin = performance.now();
  let current = 'BEGIN';
  try {
    await owner.query('BEGIN');
    // Where a policy would hide rows from the owner, fail: a change that silently finds nothing is worse.
    await owner.query('SET LOCAL row_security = off');
    for (const statement of migration.statements) {
      current = statement;
      await owner.query(statement);
    }
    const durationMs = Math.round(performance.now() - begin);
    await record(owner, migration, durationMs);
    current = 'COMMIT';
    await owner.query('COMMIT');
    return durationMs;
  } catch (cause) {
    await owner.query('ROLLBACK').catch(() => undefined);
    throw new DatabaseError(
      'MIGRATION_FAILED',
      `The migration ${migration.plugin}/${migration.name} failed: ${(cause as Error).message}. Nothing of it was kept. It was at: ${shortened(current)}`,
      'Mend the migration, or what it found in the database, and start again: migrations before it stay applied.',
      { cause },
    );
  }
}

function shortened(statement: string): string {
  const line = statement.replace(/\s+/g, ' ');
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

/** Says which migrations were applied by plugins that are gone. */
export function warnOfOrphans(
  orphaned: readonly { readonly plugin: string; readonly name: string }[],
  log: NonNullable<MigrationOptions['log']>,
): void {
  for (const { plugin, name } of orphaned)
    log.warn(
      { plugin, migration: name },
      `the migration ${plugin}/${name} was applied once, but no installed plugin has it any more; its tables stay`,
    );
}
