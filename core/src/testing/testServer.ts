import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { connectionProblem } from '../database/connectionProblem.js';
import { startEmbeddedPostgres } from '../database/embedded/startEmbeddedPostgres.js';
import { identifier, roleStatements } from '../database/roles.js';

/** A PostgreSQL on which tests make databases. */
export interface TestServer {
  /** May create databases; a superuser unless `DATABASE_OWNER_URL` says who owns them. */
  readonly adminUrl: string;
  readonly isSuperuser: boolean;
  readonly owner: string;
  ownerUrl(database: string): string;
  appUrl(database: string): string;
}

const owner = 'wizamart_test_owner';
const app = 'wizamart_test_app';
/** Any number that nothing else locks; held in the admin's database. */
const lock = 7_410_632_103;

let server: Promise<TestServer> | undefined;

/**
 * The server of `DATABASE_URL`, else an embedded one that all test processes of this folder share.
 *
 * With `DATABASE_OWNER_URL` the roles are there already; without it `DATABASE_URL` must be allowed to make them.
 */
export function testServer(): Promise<TestServer> {
  return (server ??= findServer(process.env['DATABASE_URL'], process.env['DATABASE_OWNER_URL']));
}

/** Runs statements as the admin, one process at a time. */
export async function asAdmin<Result>(
  url: string,
  work: (admin: pg.Client) => Promise<Result>,
  alone = false,
): Promise<Result> {
  const admin = new pg.Client({
    connectionString: url,
    application_name: 'wizamart-test',
    connectionTimeoutMillis: 10_000,
  });
  admin.on('error', () => undefined);
  await admin.connect().catch((cause: unknown) => {
    throw connectionProblem(url, cause);
  });
  try {
    if (alone) await admin.query('select pg_advisory_lock($1)', [lock]);
    return await work(admin);
  } finally {
    await admin.end();
  }
}

async function findServer(url: string | undefined, ownerUrl: string | undefined): Promise<TestServer> {
  if (url && ownerUrl) {
    return {
      adminUrl: ownerUrl,
      isSuperuser: false,
      owner: userOf(ownerUrl),
      ownerUrl: (name) => withDatabase(ownerUrl, name),
      appUrl: (name) => withDatabase(url, name),
    };
  }
  const adminUrl = url ?? (await embedded());
  // The same in every process, so that they agree; whoever knows the admin's address knows more anyway.
  const password = createHash('sha256').update(`wizamart test ${adminUrl}`).digest('hex').slice(0, 24);
  await asAdmin(
    adminUrl,
    async (admin) => {
      await admin.query(
        roleStatements({
          owner,
          app,
          database: 'wizamart_test',
          passwords: { owner: password, app: password },
        }),
      );
      await dropLeftovers(admin);
    },
    true,
  );
  const login = (name: string, database: string): string =>
    withDatabase(withLogin(adminUrl, name, password), database);
  return {
    adminUrl,
    isSuperuser: true,
    owner,
    ownerUrl: (name) => login(owner, name),
    appUrl: (name) => login(app, name),
  };
}

async function embedded(): Promise<string> {
  const directory = path.resolve('.cache/test-database');
  fs.mkdirSync(directory, { recursive: true });
  // By its one true path: under a second name the running server would look like a leftover.
  const running = await startEmbeddedPostgres({
    directory: fs.realpathSync(directory),
    fast: true,
    maxConnections: 300,
  });
  // Whoever leaves last stops the server; a process that is killed leaves it to be adopted.
  process.once('beforeExit', () => void running.stop());
  return withDatabase(running.superUrl, 'postgres');
}

/** Databases of test processes of this machine that are gone. */
async function dropLeftovers(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    "select datname as name from pg_database where datname like 'wzc\\_%'",
  );
  for (const { name } of rows) {
    const pid = Number(name.split('_')[1]);
    if (pid !== process.pid && !isAlive(pid))
      await admin.query(`drop database if exists ${identifier(name)} with (force)`);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function userOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

function withLogin(url: string, user: string, password: string): string {
  const changed = new URL(url);
  changed.username = user;
  changed.password = password;
  return changed.href;
}
