import type pg from 'pg';
import { UnitOfWorkOver } from './errors.js';
import { isStalePlan, type StatementNames } from './StatementNames.js';
import type { TransactionClient } from './unitOfWork.js';

type Callback = (error: Error | undefined, result?: pg.QueryResult) => void;
type Query = pg.QueryConfig & { values?: unknown[] };

/**
 * The connection as one transaction sees it.
 *
 * Once the transaction is over it refuses queries: by then the connection may serve another tenant, and a
 * builder that nobody awaited sends late. It is also the one place where statements get their names.
 */
export class GuardedClient implements TransactionClient {
  readonly #client: pg.PoolClient;
  readonly #names: StatementNames;
  #open = true;
  #failure: Error | undefined;

  constructor(client: pg.PoolClient, names: StatementNames) {
    this.#client = client;
    this.#names = names;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** The first query error of the transaction, also when somebody swallowed it. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  close(): void {
    this.#open = false;
  }

  readonly query = ((first: unknown, second?: unknown, third?: unknown): unknown => {
    const callback = [second, third].find((each) => typeof each === 'function') as Callback | undefined;
    if (!this.#open) return refuse(callback);
    if (isSubmittable(first)) return this.#client.query(first as never);
    const query = this.#named(first as string | Query, Array.isArray(second) ? second : undefined);
    if (callback) return this.#client.query(query, this.#watched(callback) as never);
    return new Promise((resolve, reject) => {
      void this.#client.query(
        query,
        this.#watched((error, result) => (error ? reject(traced(error)) : resolve(result))) as never,
      );
    });
  }) as pg.PoolClient['query'];

  #named(query: string | Query, values: unknown[] | undefined): Query {
    const { name, ...rest }: Query = typeof query === 'string' ? { text: query } : query;
    const bound = values ?? rest.values;
    const given =
      name === undefined
        ? bound
          ? this.#names.of(rest.text, bound.length)
          : undefined
        : this.#names.own(name);
    return { ...rest, ...(bound && { values: bound }), ...(given && { name: given }) };
  }

  #watched(callback: Callback): Callback {
    return (error, result) => {
      if (error) this.#note(error);
      callback(error, result);
    };
  }

  #note(error: Error): void {
    this.#failure ??= error;
    if (isStalePlan(error)) this.#names.renew();
  }
}

function refuse(callback: Callback | undefined): unknown {
  const error = new UnitOfWorkOver();
  if (!callback) return Promise.reject(error);
  process.nextTick(callback, error);
  return undefined;
}

/** The stack of an error of the wire ends in the socket; this one leads to who asked. */
function traced(error: Error): Error {
  Error.captureStackTrace(error);
  return error;
}

function isSubmittable(value: unknown): boolean {
  return typeof (value as { submit?: unknown } | null)?.submit === 'function';
}
