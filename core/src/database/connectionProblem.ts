import { placeOf } from './config.js';
import { DatabaseError } from './errors.js';

const mending: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Start PostgreSQL there, or correct host and port of DATABASE_URL.',
  ENOTFOUND: 'Correct the host name in DATABASE_URL.',
  EAI_AGAIN: 'Correct the host name in DATABASE_URL, or mend name resolution.',
  EHOSTUNREACH: 'Mend the network, or correct the host in DATABASE_URL.',
  ETIMEDOUT: 'Mend the network or firewall, or correct host and port of DATABASE_URL.',
  '28P01': 'Correct user and password in DATABASE_URL.',
  '28000': 'Allow this user in pg_hba.conf, or correct the user in DATABASE_URL.',
  '3D000': 'Create the database, or correct its name in DATABASE_URL.',
  '53300': 'Raise max_connections, or lower the pool sizes of what uses this server.',
  '57P03': 'PostgreSQL is starting up or shutting down: try again in a moment.',
};
const noAnswer =
  'Look whether PostgreSQL runs there and answers (pg_isready), and correct DATABASE_URL where it is wrong.';

/**
 * Says what is wrong with a connection, where, and how to mend it; the password is left out.
 *
 * @param variable where the address came from
 */
export function connectionProblem(
  url: string,
  cause: unknown,
  variable: 'DATABASE_URL' | 'DATABASE_OWNER_URL' | 'DATABASE_DIRECT_URL' = 'DATABASE_URL',
): DatabaseError {
  const { code = '', message = '' } = cause as { code?: string; message?: string };
  const reason = message || code || 'no reason given';
  return new DatabaseError(
    'DATABASE_UNREACHABLE',
    `The database at ${placeOf(url)} does not let us in: ${reason}.`,
    (mending[code] ?? noAnswer).replaceAll('DATABASE_URL', variable),
    { cause },
  );
}

/** Whether an error means that the connection is gone, rather than that a query was wrong. */
export function isConnectionLoss(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return (
    /^(08|57P0)/.test(code) ||
    /^E(CONN|PIPE|TIMEDOUT|HOST|NET)/.test(code) ||
    /Connection terminated|not queryable|Query read timeout|timeout expired/.test(message)
  );
}
