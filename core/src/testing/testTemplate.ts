import type pg from 'pg';
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
/** A template takes some 9 MB. */
const KEPT_TEMPLATES = 60;

/** Lets a template be made again that another process has dropped meanwhile. */
export const forgetTemplate = (name: string): void => void made.delete(name);

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
      await dropOld(admin);
    },
    true,
  );
}

/** Templates of code as it was; whoever still wants one of them makes it anew. */
async function dropOld(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    "select datname as name from pg_database where datname like 'wzt\\_%' order by oid desc offset $1",
    [KEPT_TEMPLATES],
  );
  for (const { name } of rows) {
    await admin.query(`drop database if exists ${identifier(name)}`).catch(ignoreInUse);
  }
}

/** Somebody is cloning it at this moment. */
function ignoreInUse(error: { readonly code?: string }): void {
  if (error.code !== '55006') throw error;
}
