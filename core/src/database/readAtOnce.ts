import pg from 'pg';
import type { QueryResultRow } from 'pg';
import type { TransactionRole } from './OpenTransaction.js';
import type { TenantSettings } from './tenantSettings.js';

/**
 * Role, tenant and trust for the transaction in which it runs. Named, since it comes before every read: reading
 * seven SETs as text takes the database longer than most queries.
 */
const SETTINGS = {
  name: 'core_settings',
  text: `select num_nonnulls(set_config('role', $1, true), set_config('transaction_read_only', 'on', true),
    set_config('app.platform_id', $2, true), set_config('app.merchant_id', $3, true), set_config('app.store_id', $4, true),
    set_config('app.user_id', $5, true), set_config('app.access', $6, true))`,
};

/** What of a connection is used below, and not in its types. */
interface Wire {
  readonly parsedStatements: Readonly<Record<string, string>>;
  bind(message: object): void;
  execute(message: object): void;
}

interface NamedQuery {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

type Client = Pick<pg.ClientBase, 'query'> & { readonly connection: Wire };

/**
 * Reads with one named statement in a read-only transaction of a role and a tenant: all in one message.
 *
 * What is sent up to one Sync is one transaction, which needs no BEGIN and no COMMIT. If the settings fail, the
 * database skips the query.
 */
export function readAtOnce<Row extends QueryResultRow>(
  client: pg.PoolClient,
  role: TransactionRole,
  settings: TenantSettings,
  query: NamedQuery,
): Promise<pg.QueryResult<Row>> {
  const values = [role, ...settings];
  const { connection } = client as unknown as Client;
  const read = (): Promise<pg.QueryResult<Row>> =>
    new Promise((resolve, reject) => {
      client.query(
        new SettledQuery(values, query, (error, result) => {
          if (error) reject(error);
          else resolve(result as unknown as pg.QueryResult<Row>);
        }),
      );
    });
  // Prepared once per connection; outside of a transaction the settings end with the statement.
  return connection.parsedStatements[SETTINGS.name] === undefined
    ? client.query({ ...SETTINGS, values }).then(read)
    : read();
}

/** The parts of pg's query that its types leave out. */
const Query = pg.Query as unknown as new (
  text: string,
  values: unknown[] | undefined,
  callback: (error: Error | undefined, result: unknown) => void,
) => pg.Query & {
  name: string | undefined;
  prepare(wire: Wire): void;
  handleDataRow(message: object): void;
  handleCommandComplete(message: object, wire: Wire): void;
};

/** A query with the settings before it: their answer, which comes first, is passed over. */
class SettledQuery extends Query {
  readonly #settings: readonly string[];
  #isSettled = false;

  constructor(
    settings: readonly string[],
    { name, text, values }: NamedQuery,
    callback: (error: Error | undefined, result: unknown) => void,
  ) {
    super(text, values, callback);
    this.name = name;
    this.#settings = settings;
  }

  override prepare(wire: Wire): void {
    wire.bind({ statement: SETTINGS.name, values: this.#settings });
    wire.execute({});
    super.prepare(wire);
  }

  override handleDataRow(message: object): void {
    if (this.#isSettled) super.handleDataRow(message);
  }

  override handleCommandComplete(message: object, wire: Wire): void {
    if (this.#isSettled) super.handleCommandComplete(message, wire);
    else this.#isSettled = true;
  }
}
