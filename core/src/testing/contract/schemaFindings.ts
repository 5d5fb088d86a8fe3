import pg from 'pg';
import { lintSchema } from '../../database/lint/lintSchema.js';
import { planOf } from '../../database/migrations/ledger.js';
import { runMigrations } from '../../database/migrations/runMigrations.js';
import { testDatabase } from '../database.js';
import { testSchema } from '../testSchema.js';
import { ownTables } from './ownTables.js';
import { messageOf, type ContractSubject, type Findings } from './subject.js';

/** The plugin's tables bear its name and keep tenants apart, as far as the schema can tell. */
export async function schemaFindings({ plugin, with: others }: ContractSubject): Promise<Findings> {
  const tables = ownTables(plugin);
  const prefix = `${plugin.code.replaceAll('-', '_')}_`;
  const database = await testDatabase(testSchema(...others, plugin));
  try {
    const client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    const found = await lintSchema(client).finally(() => client.end());
    return [
      ...tables
        .filter((table) => !table.startsWith(prefix))
        .map((table) => `the table ${table} does not start with '${prefix}'`),
      ...found
        .filter(({ table }) => tables.includes(table) || table.startsWith(prefix))
        .map(({ table, what, howToMend }) => `${table}: ${what} (${howToMend})`),
    ];
  } finally {
    await database.drop();
  }
}

/** The migrations run from an empty database, say the same each time they are asked, and find nothing to do when run again. */
export async function migrationFindings({ plugin, with: others }: ContractSubject): Promise<Findings> {
  const findings: Findings = [];
  const statements = (): string =>
    JSON.stringify(planOf([{ plugin: plugin.code, migrations: plugin.migrations }]));
  if (statements() !== statements())
    findings.push(
      'a migration makes other statements each time: take out what differs (dates, random values)',
    );
  const { sets = [], ...before } = testSchema(...others);
  const database = await testDatabase({ sets, ...before });
  const all = [...sets, { plugin: plugin.code, migrations: plugin.migrations }];
  try {
    const first = await runMigrations({ ownerUrl: database.ownerUrl, sets: all });
    if (first.applied.length !== plugin.migrations.length)
      findings.push(
        `${first.applied.length} of ${plugin.migrations.length} migrations were applied to an empty database`,
      );
    const second = await runMigrations({ ownerUrl: database.ownerUrl, sets: all });
    findings.push(...second.applied.map(({ name }) => `the migration '${name}' ran a second time`));
  } catch (error) {
    findings.push(messageOf(error));
  } finally {
    await database.drop();
  }
  return findings;
}
