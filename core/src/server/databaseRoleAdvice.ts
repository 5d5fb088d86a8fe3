import { Database } from '../database/Database.js';
import { databaseConfig } from '../database/config.js';
import { DatabaseError } from '../database/errors.js';
import { roleStatements } from '../database/roles.js';
import { checkServingRole } from '../database/servingRole.js';
import type { Config } from '../config/config.js';

/** What is right or wrong with the roles of DATABASE_URL, with the SQL that makes fit ones; for people to read. */
export async function databaseRoleAdvice({ database: { url, ownerUrl } }: Config): Promise<string> {
  if (url === undefined) return 'The embedded database makes its roles itself; nothing to do.\n';
  const database = new Database(databaseConfig({ appUrl: url, poolSize: 2 }));
  try {
    await checkServingRole(database, url);
    return 'DATABASE_URL may serve: its role is neither superuser nor owner, and is a member of the group roles.\n';
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const name = new URL(url).pathname.slice(1) || 'wizamart';
    const owner = ownerUrl === undefined ? 'wizamart_owner' : decodeURIComponent(new URL(ownerUrl).username);
    return `${error.problem}\n\nAs a superuser, run:\n\n${roleStatements({ owner, app: 'wizamart_app', database: name })}\n`
      + `\nSet passwords for both, then start with\n  DATABASE_URL=postgresql://wizamart_app:…@host/${name}  (serves)\n  DATABASE_OWNER_URL=postgresql://${owner}:…@host/${name}  (migrates)\n`;
  } finally {
    await database.close();
  }
}
