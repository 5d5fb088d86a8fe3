import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Migration } from '../migration.js';
import { statementsOf } from './MigrationStatements.js';

/** The migrations of one plugin. */
export interface MigrationSet {
  readonly plugin: string;
  readonly migrations: readonly Migration[];
}

/** One migration with what it does. */
export interface PlannedMigration {
  readonly plugin: string;
  readonly name: string;
  readonly statements: readonly string[];
  readonly checksum: string;
}

export interface AppliedMigration {
  readonly plugin: string;
  readonly name: string;
  readonly checksum: string;
}

/** Every migration of all sets: sets in the given order, within a set by name. */
export function planOf(sets: readonly MigrationSet[]): PlannedMigration[] {
  return sets.flatMap(({ plugin, migrations }) => {
    const byName = [...migrations].sort((a, b) => (a.name < b.name ? -1 : 1));
    const twice = byName.find((migration, index) => migration.name === byName[index + 1]?.name);
    if (twice) throw new TypeError(`plugin '${plugin}' has two migrations named '${twice.name}': rename one`);
    return byName.map((migration) => {
      const statements = statementsOf(migration);
      return { plugin, name: migration.name, statements, checksum: checksumOf(statements) };
    });
  });
}

/** Stands for a set of migrations: equal sets make equal databases. */
export function checksumOf(statements: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(statements)).digest('hex');
}

const table = 'core_migration';

/** Makes the ledger where it is missing; only its owner writes it, `app_system` may look whether something is pending. */
export async function openLedger(owner: pg.Client): Promise<void> {
  if (await exists(owner)) return;
  await owner.query(`
    create table ${table} (
      plugin text not null, name text not null, checksum text not null,
      applied_at timestamptz not null default now(), duration_ms integer not null,
      constraint ${table}_pkey primary key (plugin, name));
    comment on table ${table} is 'Which migrations of which plugin have been applied. Not forced to its owner, who keeps it.';
    comment on column ${table}.plugin is 'Code of the plugin.';
    comment on column ${table}.name is 'Name of the migration within the plugin.';
    comment on column ${table}.checksum is 'SHA-256 of its statements when it was applied.';
    comment on column ${table}.applied_at is 'When it was applied, by the database’s clock.';
    comment on column ${table}.duration_ms is 'How long it took, in milliseconds.';
    alter table ${table} enable row level security;
    create policy ${table}_system_select on ${table} for select to app_system using (true);
    grant select on ${table} to app_system`);
}

/** What has been applied; empty where there is no ledger yet. */
export async function readLedger(client: Pick<pg.ClientBase, 'query'>): Promise<AppliedMigration[]> {
  if (!(await exists(client))) return [];
  const { rows } = await client.query<AppliedMigration>(`select plugin, name, checksum from ${table}`);
  return rows;
}

export async function record(
  owner: pg.Client,
  migration: PlannedMigration,
  durationMs: number,
): Promise<void> {
  await owner.query(`insert into ${table} (plugin, name, checksum, duration_ms) values ($1, $2, $3, $4)`, [
    migration.plugin,
    migration.name,
    migration.checksum,
    durationMs,
  ]);
}

async function exists(client: Pick<pg.ClientBase, 'query'>): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [
    table,
  ]);
  return rows[0]?.found === true;
}
