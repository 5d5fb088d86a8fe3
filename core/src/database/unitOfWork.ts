import type { Knex } from 'knex';
import type { PoolClient, QueryResultRow } from 'pg';

/** A statement whose SQL is built once (placeholders `$1`…) and run by name, so that PostgreSQL plans it once. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  /** Turns each row of the database into what the caller gets; left out: rows are handed on as they are. */
  readonly mapRow?: (row: QueryResultRow) => QueryResultRow;
}

/** What a unit of work ends with, and what is made of its rows. */
export interface LastStatement<Result> {
  readonly statement: Statement;
  readonly values: readonly unknown[];
  /** What was sent before and not waited for: all goes out in one message, and its failure is the one that is thrown. */
  readonly sent?: Promise<unknown>;
  /** Called when the statement is committed: it cannot refuse any more. */
  result(rows: readonly QueryResultRow[]): Result;
}

/** What runs queries inside one transaction; refuses them once the transaction is over. */
export type TransactionClient = Pick<PoolClient, 'query'>;

/** One open database transaction with the tenant set; ends with the unit of work that made it. */
export interface Transaction {
  /** For what wants a pg client; queries sent here belong to the transaction. */
  readonly client: TransactionClient;
  /** A knex builder bound to this transaction. For tenant tables use a model's `in(ctx)` instead. */
  table(name: string): Knex.QueryBuilder;
  /** Raw SQL with `$1` placeholders. */
  query<Row extends QueryResultRow>(
    statement: Statement | string,
    values?: readonly unknown[],
  ): Promise<Row[]>;
  /** Runs after a successful commit, in order; a failure there is logged and does not undo anything. */
  afterCommit(work: () => void | Promise<void>): void;
}
