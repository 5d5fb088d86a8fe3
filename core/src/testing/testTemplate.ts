import { runMigrations } from '../database/migrations/runMigrations.js';
import { checksumOf, type MigrationSet, planOf } from '../database/migrations/ledger.js';
import { identifier } from '../database/roles.js';
import { asAdmin, type TestServer } from './testServer.js';

/** What a test database is made of. */
export interface TestSchema {
  readonly sets?: readonly MigrationSet[];
  /** More than migrations do, such as the job queue's own schema; `key` changes when its result does. */
  readonly prepare?: { readonly key: string; readonly run: (ownerUrl: string) => Promise<void> };
}

const made = new Map<string, Promise<void>>();

/** The name of a database with that schema, to be cloned; made once, for all processes. */
export async function testTemplate(server: TestServer, { sets = [], prepare }: TestSchema): Promise<string> {
  const statements = planOf(sets).flatMap((each) => [each.plugin, each.name, ...each.statements]);
  const name = `wzt_${checksumOf([server.owner, prepare?.key ?? '', ...statements]).slice(0, 20)}`;
  const making = made.get(name) ?? make(server, name, sets, prepare);
  made.set(name, making);
  await making;
  return name;
}

async function make(
  server: TestServer,
  name: string,
  sets: readonly MigrationSet[],
  prepare: TestSchema['prepare'],
): Promise<void> {
  await asAdmin(
    server.adminUrl,
    async (admin) => {
      const { rowCount } = await admin.query('select from pg_database where datname = $1', [name]);
      if (rowCount === 1) return;
      // Gets its name when it is complete: a process that is killed leaves no half template.
      const draft = `${name}_draft`;
      await admin.query(`drop database if exists ${identifier(draft)} with (force)`);
      await admin.query(
        `create database ${identifier(draft)} owner ${identifier(server.owner)} template template0`,
      );
      await runMigrations({ ownerUrl: server.ownerUrl(draft), sets });
      await prepare?.run(server.ownerUrl(draft));
      await admin.query(`alter database ${identifier(draft)} rename to ${identifier(name)}`);
    },
    true,
  );
}
