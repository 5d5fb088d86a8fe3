/** Names of the roles of one database, and what they log in with. */
export interface DatabaseRoles {
  /** Owns the database and its tables; migrates, never serves. */
  owner: string;
  /** Logs in to serve; has no rights of its own, only those of the group role it takes on. */
  app: string;
  database: string;
  /** Left out: the roles are made without a password, to be set by whoever runs the statements. */
  passwords?: { owner: string; app: string };
}

/**
 * Group roles that carry rights; nobody logs in as one.
 *
 * `app_serve` works inside one tenant, `app_system` before a tenant is known, `app_directory` reads across
 * tenants for the platforms' own staff.
 */
export const groupRoles = ['app_serve', 'app_system', 'app_directory'] as const;

/**
 * The SQL that makes the roles of a database and hands the database to its owner.
 *
 * May be run any number of times, by a superuser, on PostgreSQL 15 to 18.
 * The database itself is not created here: `CREATE DATABASE` cannot stand beside other statements.
 */
export function roleStatements({ owner, app, database, passwords }: DatabaseRoles): string {
  return [
    // CREATEDB: the test kit clones a template database.
    ...loginRole(owner, 'CREATEDB', passwords?.owner),
    ...loginRole(app, 'NOINHERIT', passwords?.app),
    ...groupRoles.map((role) => createRole(role, 'NOLOGIN')),
    `GRANT ${groupRoles.map(identifier).join(', ')} TO ${identifier(app)};`,
    onlyIf(
      `EXISTS (SELECT FROM pg_database WHERE datname = ${literal(database)} AND datdba <> ${literal(owner)}::regrole)`,
      `ALTER DATABASE ${identifier(database)} OWNER TO ${identifier(owner)}`,
    ),
  ].join('\n');
}

/** Quotes a name for use in SQL text. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function loginRole(name: string, attributes: string, password: string | undefined): string[] {
  const secret = password === undefined ? '' : ` PASSWORD ${literal(password)}`;
  return [createRole(name, 'LOGIN'), `ALTER ROLE ${identifier(name)} LOGIN ${attributes}${secret};`];
}

function createRole(name: string, attributes: string): string {
  return onlyIf(
    `NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${literal(name)})`,
    `CREATE ROLE ${identifier(name)} ${attributes}`,
  );
}

function onlyIf(condition: string, statement: string): string {
  return `DO $do$ BEGIN IF ${condition} THEN ${statement}; END IF; END $do$;`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
