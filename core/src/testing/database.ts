import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { QueryResultRow } from 'pg';
import { type DatabaseConfig, databaseConfig } from '../database/config.js';
import { Database, type DatabaseLog } from '../database/Database.js';
import { identifier } from '../database/roles.js';
import { asAdmin, testServer, type TestServer } from './testServer.js';
import { forgetTemplate, type TestSchema, testTemplate } from './testTemplate.js';

export type { TestSchema } from './testTemplate.js';

export interface TestDatabaseOptions extends TestSchema {
  /** Differs from the usual, e.g. a pool of 2. */
  readonly config?: Partial<DatabaseConfig>;
  readonly log?: DatabaseLog;
}

/** A database of its own for a test file. */
export interface TestDatabase {
  readonly database: Database;
  /** For a second pool, a bus or a server on the same database. */
  readonly appUrl: string;
  readonly ownerUrl: string;
  /** Runs SQL as the owner of the tables, who is held by the policies of tenant tables too. */
  owner<Row extends QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Runs SQL that sees every row; needs a superuser, which a server with `DATABASE_OWNER_URL` does not give. */
  everything<Row extends QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The same database, whose models add no WHERE: row-level security alone. */
  withoutModelScope(): Database;
  /** Runs work while no table of the database has row-level security: the models' WHERE alone. */
  withoutRowSecurity<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Closes the connections and drops the database. */
  drop(): Promise<void>;
}

let count = 0;

/** Clones a database with the given schema; takes some 20 ms once the template is there. */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = await testServer();
  const name = `wzc_${process.pid}_${++count}_${randomBytes(3).toString('hex')}`;
  await clone(server, options, name).catch((error: { readonly code?: string }) => {
    if (error.code !== unknownDatabase) throw error;
    return clone(server, options, name);
  });
  return open(server, name, options);
}

/** Says PostgreSQL when the template is not there any more. */
const unknownDatabase = '3D000';

async function clone(server: TestServer, schema: TestSchema, name: string): Promise<void> {
  const template = await testTemplate(server, schema);
  await asAdmin(server.adminUrl, (admin) =>
    admin.query(
      `create database ${identifier(name)} template ${identifier(template)} owner ${identifier(server.owner)}`,
    ),
  ).catch((error: unknown) => {
    forgetTemplate(template);
    throw error;
  });
}

function open(server: TestServer, name: string, { config = {}, log }: TestDatabaseOptions): TestDatabase {
  const appUrl = server.appUrl(name);
  const ownerUrl = server.ownerUrl(name);
  const settings = databaseConfig({ applicationName: 'wizamart-test', poolSize: 4, ...config, appUrl });
  const database = new Database(settings, { ...(log && { log }) });
  let unscoped: Database | undefined;
  const owner = <Row extends QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<Row[]> =>
    run<Row>(ownerUrl, sql, values);
  return {
    database,
    appUrl,
    ownerUrl,
    owner,
    everything: (sql, values = []) => run(urlOf(server, name), sql, values),
    withoutModelScope: () => (unscoped ??= new Database(settings, { modelScope: false })),
    async withoutRowSecurity(work) {
      const tables = await owner<{ name: string }>(
        "select oid::regclass::text as name from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace",
      );
      const each = (words: string): string =>
        tables.map((table) => `alter table ${table.name} ${words} row level security`).join(';');
      await owner(each('disable'));
      try {
        return await work();
      } finally {
        await owner(each('enable'));
      }
    },
    async drop() {
      await Promise.all([database.close(), unscoped?.close()]);
      await asAdmin(server.adminUrl, (admin) =>
        admin.query(`drop database if exists ${identifier(name)} with (force)`),
      );
    },
  };
}

function urlOf(server: TestServer, name: string): string {
  if (!server.isSuperuser)
    throw new Error('everything() needs a superuser: run the tests without DATABASE_OWNER_URL');
  const url = new URL(server.adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function run<Row extends QueryResultRow>(
  url: string,
  sql: string,
  values: readonly unknown[],
): Promise<Row[]> {
  return asAdmin(url, async (client: pg.Client) => (await client.query<Row>(sql, values as unknown[])).rows);
}
