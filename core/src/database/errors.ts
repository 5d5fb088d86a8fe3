import { defineError } from '../errors/defineError.js';

/** What a caller may learn when the database does not answer; the cause has the details for the log. */
export const DatabaseUnavailable = defineError({
  code: 'DATABASE_UNAVAILABLE',
  status: 503,
  retryAfterSeconds: 5,
  message: 'The database does not answer. Try again in a moment.',
});

/** All connections were in use for as long as a caller waits. */
export const DatabaseBusy = defineError<{ waitedMs: number }>({
  code: 'DATABASE_BUSY',
  status: 503,
  retryAfterSeconds: 1,
  message: 'The server is busy. Try again in a moment.',
});

/** Rows of one tenant were to be written, or a unit of work joined, with the context of another. */
export const TenantMismatch = defineError<{ where: string; what: string }>({
  code: 'TENANT_MISMATCH',
  status: 500,
  message: (d) => `${d.where}: ${d.what}`,
});

/** A query came after its unit of work had ended: usually a query that nobody awaited. */
export const UnitOfWorkOver = defineError({
  code: 'UNIT_OF_WORK_OVER',
  status: 500,
  message: 'A query came after its unit of work had ended. Await every query inside the unit.',
});

/** A unit of work ended without an error, yet the database took everything back. */
export const TransactionRolledBack = defineError<{ because: string }>({
  code: 'TRANSACTION_ROLLED_BACK',
  status: 500,
  message: (d) =>
    `The transaction was rolled back, since a query in it had failed: ${d.because}. Let the error of a failed query end the unit of work, or put the query into a savepoint.`,
});

/** Something that would go around the tenant's limits. */
export const QueryRefused = defineError<{ method: string; instead: string }>({
  code: 'QUERY_REFUSED',
  status: 500,
  message: (d) => `'${d.method}' is not available on tenant models: ${d.instead}.`,
});

/** A notification must fit into what PostgreSQL carries. */
export const BusPayloadTooLarge = defineError<{ topic: string; bytes: number; limit: number }>({
  code: 'BUS_PAYLOAD_TOO_LARGE',
  status: 500,
  message: (d) =>
    `The notification '${d.topic}' has ${d.bytes} bytes, at most ${d.limit} are carried. Send an id and read the rest from the database.`,
});

/**
 * The database cannot be used as it stands: told when a server or command starts, never to a visitor.
 *
 * `problem` says what and where (without a password), `fix` how to mend it.
 */
export class DatabaseError extends Error {
  constructor(
    readonly code: string,
    readonly problem: string,
    readonly fix: string,
    options?: { cause?: unknown },
  ) {
    super(`${code} ${problem}\n${fix}`, options);
    this.name = 'DatabaseError';
  }
}
