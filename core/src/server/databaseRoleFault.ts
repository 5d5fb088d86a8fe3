import type { Config } from '../config/config.js';
import { databaseConfig } from '../database/config.js';
import { Database } from '../database/Database.js';
import { DatabaseError } from '../database/errors.js';
import { roleStatements } from '../database/roles.js';
import { checkServingRole } from '../database/servingRole.js';

/** What is wrong with the login that serves, and how to mend it. */
export interface DatabaseRoleFault {
  readonly problem: string;
  /** SQL for a superuser, and what to start with then. */
  readonly fix: string;
}

/** What is wrong with the roles of DATABASE_URL; undefined when they are fit, or the database is the embedded one. */
export async function databaseRoleFault({
  database: { url, ownerUrl },
}: Config): Promise<DatabaseRoleFault | undefined> {
  if (url === undefined) return undefined;
  const database = new Database(databaseConfig({ appUrl: url, poolSize: 2 }));
  try {
    await checkServingRole(database, url);
    return undefined;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const name = new URL(url).pathname.slice(1) || 'wizamart';
    const owner = ownerUrl === undefined ? 'wizamart_owner' : decodeURIComponent(new URL(ownerUrl).username);
    return {
      problem: error.problem,
      fix:
        `as a superuser, run:\n\n${roleStatements({ owner, app: 'wizamart_app', database: name })}\n\n` +
        `Set passwords for both, then start with\n  DATABASE_URL=postgresql://wizamart_app:…@host/${name}  (serves)\n  DATABASE_OWNER_URL=postgresql://${owner}:…@host/${name}  (migrates)`,
    };
  } finally {
    await database.close();
  }
}
