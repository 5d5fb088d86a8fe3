/** How to reach the database, and how to use it. */
export interface DatabaseConfig {
  /** Logs in as the role that serves; may lead to a pooler. */
  readonly appUrl: string;
  /** Connections that serve at once. */
  readonly poolSize: number;
  /** How long a unit of work waits for a connection. */
  readonly acquireTimeoutMs: number;
  /** How long a query may take before its connection is destroyed. */
  readonly queryTimeoutMs: number;
  /** Named statements are planned once; off for poolers that do not carry them over (pgbouncer before 1.21). */
  readonly statementNames: boolean;
  /** Sends BEGIN, queries and COMMIT without waiting for each answer. */
  readonly pipeline: boolean;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
}

/** Fills in what is left out. */
export function databaseConfig(
  given: Partial<DatabaseConfig> & Pick<DatabaseConfig, 'appUrl'>,
): DatabaseConfig {
  return {
    poolSize: 10,
    acquireTimeoutMs: 3_000,
    queryTimeoutMs: 30_000,
    statementNames: true,
    pipeline: true,
    applicationName: 'wizamart',
    ...given,
  };
}

/** Where an address leads, for messages: host, port and database, never the password. */
export function placeOf(url: string): string {
  try {
    const { hostname, port, pathname, username, searchParams } = new URL(url);
    const host = searchParams.get('host') ?? (hostname || 'localhost');
    const user = username ? `${decodeURIComponent(username)}@` : '';
    return `${user}${host}:${port || '5432'}${decodeURIComponent(pathname)}`;
  } catch {
    return 'an address that cannot be read';
  }
}
