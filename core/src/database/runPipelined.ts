import type pg from 'pg';
import type { QueryResultRow } from 'pg';
import { TransactionRolledBack } from './errors.js';

/**
 * Sends BEGIN with its settings, one query and COMMIT, in one round trip where the connection pipelines.
 *
 * A BEGIN that failed lets the query run outside of a transaction, without a role and a tenant: it is refused
 * there, and the failure of BEGIN is what is thrown.
 */
export async function runPipelined<Row extends QueryResultRow>(
  client: pg.PoolClient,
  begin: string,
  query: pg.QueryConfig,
  pipeline: boolean,
): Promise<pg.QueryResult<Row>> {
  if (!pipeline) {
    await client.query(begin);
    const result = await client.query<Row>(query);
    await client.query('COMMIT');
    return result;
  }
  return new Promise((resolve, reject) => {
    let failure: Error | undefined;
    let result: pg.QueryResult<Row> | undefined;
    client.query(begin, (error) => {
      failure = error;
    });
    client.query<Row>(query, (error, found) => {
      failure ??= error;
      result = found;
    });
    // Behind raw queries only: a COMMIT queued beside a builder would overtake it.
    client.query('COMMIT', (error, end) => {
      failure ??= error;
      if (!failure && end.command !== 'COMMIT')
        failure = new TransactionRolledBack({ because: 'the reason is not known' });
      if (failure) reject(failure);
      else resolve(result as pg.QueryResult<Row>);
    });
  });
}
