import type pg from 'pg';
import { placeOf } from './config.js';
import type { Database } from './Database.js';
import { connectionProblem } from './connectionProblem.js';
import { DatabaseBusy, DatabaseError } from './errors.js';
import { groupRoles, roleStatements } from './roles.js';

interface RoleFacts {
  readonly role: string;
  readonly database: string;
  readonly isSuperuser: boolean;
  readonly bypassesRowSecurity: boolean;
  /** A table that the role owns, or whose owner it may become. */
  readonly owns: string | null;
  readonly owner: string;
  readonly missing: readonly string[];
  /** Group roles that could do more than their policies say. */
  readonly strongGroups: readonly string[];
}

const facts = `
  select current_user as role, current_database() as database, r.rolsuper as "isSuperuser", r.rolbypassrls as "bypassesRowSecurity",
    (select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
        and pg_has_role(current_user, c.relowner, 'member') order by 1 limit 1) as owns,
    (select pg_get_userbyid(datdba) from pg_database where datname = current_database()) as owner,
    array(select g from unnest($1::text[]) g
      where not exists (select from pg_roles where rolname = g) or not pg_has_role(current_user, (select oid from pg_roles where rolname = g), 'member')) as missing,
    array(select rolname::text from pg_roles where rolname = any($1) and (rolsuper or rolbypassrls
      or exists (select from pg_class c where c.relowner = pg_roles.oid)
      or exists (select from pg_auth_members m where m.member = pg_roles.oid))) as "strongGroups"
  from pg_roles r where r.rolname = current_user`;

/**
 * Refuses to serve as a role to whom row-level security would not apply.
 *
 * @throws {DatabaseError} when the database does not let us in; for superusers, BYPASSRLS, owners of a table, and where the group roles are missing;
 *   says with which SQL to mend it
 */
export async function checkServingRole(database: Database, appUrl: string): Promise<void> {
  const found = await database
    .asLogin(async (client: Pick<pg.ClientBase, 'query'>) => {
      const { rows } = await client.query<RoleFacts>(facts, [groupRoles]);
      return rows[0] as RoleFacts;
    })
    .catch((error: unknown) => {
      throw toldAtStart(error, appUrl);
    });
  const problem = problemOf(found);
  if (problem)
    throw new DatabaseError('DATABASE_ROLE_UNFIT', `${placeOf(appUrl)}: ${problem}`, mending(found));
}

/** Whoever starts a server is told where and why, not the sentence for visitors. */
function toldAtStart(error: unknown, appUrl: string): unknown {
  const { cause } = error as { cause?: unknown };
  if (cause instanceof DatabaseError) return cause;
  return error instanceof DatabaseBusy ? connectionProblem(appUrl, cause) : error;
}

function problemOf(found: RoleFacts): string | undefined {
  const { role } = found;
  if (found.isSuperuser)
    return `the server does not serve as the superuser '${role}', since row-level security does not apply to it.`;
  if (found.bypassesRowSecurity) return `the server does not serve as '${role}', which has BYPASSRLS.`;
  if (found.owns)
    return `the server does not serve as '${role}', which owns the table ${found.owns} or may become its owner, and could change its policies.`;
  if (found.missing.length > 0) return `the role '${role}' is not a member of ${found.missing.join(', ')}.`;
  if (found.strongGroups.length > 0)
    return `${found.strongGroups.join(', ')} must not be superuser, have BYPASSRLS, own anything or be a member of another role.`;
  return undefined;
}

function mending(found: RoleFacts): string {
  const isOwnerFit = found.owner !== found.role && !found.isSuperuser;
  const owner = isOwnerFit ? found.owner : 'wizamart_owner';
  const app = found.isSuperuser || found.owns ? 'wizamart_app' : found.role;
  const extra = [
    ...(found.bypassesRowSecurity && !found.isSuperuser ? [`ALTER ROLE "${found.role}" NOBYPASSRLS;`] : []),
    ...found.strongGroups.map(
      (group) =>
        `ALTER ROLE "${group}" NOSUPERUSER NOBYPASSRLS; -- and take memberships and possessions from it`,
    ),
  ];
  return [
    `Run this as a superuser, set passwords for both roles, and let DATABASE_URL log in as ${app}, DATABASE_OWNER_URL as ${owner}:`,
    roleStatements({ owner, app, database: found.database }),
    ...extra,
  ].join('\n');
}
