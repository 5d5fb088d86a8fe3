import type pg from 'pg';
import type { QueryResultRow } from 'pg';
import type { TenantContext } from '../kernel/context.js';
import { type DatabaseConfig } from './config.js';
import { connectionProblem, isConnectionLoss } from './connectionProblem.js';
import { DatabaseUnavailable, TenantMismatch, TransactionRolledBack } from './errors.js';
import { GuardedClient } from './GuardedClient.js';
import { OpenTransaction, type TransactionRole } from './OpenTransaction.js';
import { Pool } from './Pool.js';
import { readAtOnce } from './readAtOnce.js';
import { runPipelined } from './runPipelined.js';
import { isStalePlan, StatementNames } from './StatementNames.js';
import { beginAs, NO_TENANT, tenantOf, tenantSettings, type TenantSettings } from './tenantSettings.js';
import type { InTransaction } from './InTransaction.js';
import type { LastStatement, Statement, Transaction } from './unitOfWork.js';

/** What the database tells about itself while it works. */
export interface DatabaseLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Who reads in a transaction that holds nothing else. */
interface Reader {
  readonly role: TransactionRole;
  readonly settings: TenantSettings;
}

interface DatabaseOptions {
  readonly log?: DatabaseLog;
  /** For the test kit: `false` leaves out the WHERE of the models, so that row-level security is seen alone. */
  readonly modelScope?: boolean;
}

const silent: DatabaseLog = { warn: () => undefined, error: () => undefined };

/**
 * The way to the database: every query runs in a transaction that knows its role and tenant.
 *
 * A unit of work holds a connection from its start to its end. Keep it short: no calls to the outside and no
 * rendering inside it.
 */
export class Database {
  readonly #config: DatabaseConfig;
  readonly #pool: Pool;
  readonly #names: StatementNames;
  readonly #log: DatabaseLog;
  readonly #modelScope: boolean;

  constructor(config: DatabaseConfig, { log = silent, modelScope = true }: DatabaseOptions = {}) {
    this.#config = config;
    this.#log = log;
    this.#modelScope = modelScope;
    this.#names = new StatementNames(config.statementNames);
    this.#pool = new Pool(config, (error) => log.warn({ err: error }, 'an idle database connection broke'));
  }

  /**
   * Runs work in a transaction of the context's tenant; what `ctx.tx` has open already is joined.
   *
   * Commits when `work` resolves, takes everything back when it throws. A joined unit has no end of its own.
   *
   * @throws {TenantMismatch} when the open unit belongs to another tenant
   * @throws {TransactionRolledBack} when a query failed and its error was swallowed
   * @throws {DatabaseBusy} {@link DatabaseUnavailable} when there is no connection to be had
   */
  async unit<Context extends TenantContext, Result>(
    ctx: Context,
    work: (ctx: InTransaction<Context>) => PromiseLike<Result>,
  ): Promise<Result> {
    if (ctx.tx) {
      this.#checkJoin(ctx, ctx.tx, 'app_serve');
      return work(ctx as InTransaction<Context>);
    }
    const begin = beginAs('app_serve', tenantSettings(ctx));
    return this.#run('app_serve', tenantOf(ctx), begin, (tx) => work({ ...ctx, tx }));
  }

  /**
   * A unit of work whose last statement goes out together with COMMIT, in one message: what it locks is held for no further
   * round trip. For rows that many wait for, such as a counter.
   *
   * The statement must fail by itself where it is not to count: when its rows are looked at, it is committed. Joined to an open
   * unit it is the last of this part only, and that one's end counts.
   *
   * @param prepare does what comes before, and says what comes last
   * @throws what `unit` throws, and what the database says to the statement
   */
  async unitEnding<Context extends TenantContext, Result>(
    ctx: Context,
    prepare: (ctx: InTransaction<Context>) => PromiseLike<LastStatement<Result>>,
  ): Promise<Result> {
    if (ctx.tx) {
      this.#checkJoin(ctx, ctx.tx, 'app_serve');
      return runLast(ctx.tx, await prepare(ctx as InTransaction<Context>));
    }
    const begin = beginAs('app_serve', tenantSettings(ctx));
    return this.#run('app_serve', tenantOf(ctx), begin, (tx) => prepare({ ...ctx, tx }), runLast);
  }

  /** Runs work before a tenant is known: host look-up, sessions, webhook inbox, job pick-up, outbox. Nothing else. */
  async system<Result>(work: (tx: Transaction) => PromiseLike<Result>): Promise<Result> {
    return this.#run('app_system', '', beginAs('app_system', NO_TENANT), work);
  }

  /**
   * Reads across tenants, for lists of the platforms' own staff. The caller checks the permission and audits.
   *
   * Not inside a unit of work: it needs a connection of its own.
   */
  async directory<Context extends TenantContext, Result>(
    ctx: Context,
    work: (ctx: InTransaction<Context>) => PromiseLike<Result>,
  ): Promise<Result> {
    if (ctx.tx) {
      this.#checkJoin(ctx, ctx.tx, 'app_directory');
      return work(ctx as InTransaction<Context>);
    }
    const begin = beginAs('app_directory', tenantSettings(ctx), ' READ ONLY');
    return this.#run('app_directory', tenantOf(ctx), begin, (tx) => work({ ...ctx, tx }));
  }

  /**
   * The hot path: one compiled statement in a read-only transaction of the tenant, sent in one go.
   *
   * Inside a unit of work it runs there. The statement brings the tenant in its WHERE (`Model.compile`).
   */
  async read<Row extends QueryResultRow>(
    ctx: TenantContext,
    statement: Statement,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    if (ctx.tx) {
      this.#checkJoin(ctx, ctx.tx, 'app_serve');
      return ctx.tx.query<Row>(statement, values);
    }
    return this.#readMapped<Row>({ role: 'app_serve', settings: tenantSettings(ctx) }, statement, values);
  }

  /** One statement of `directory` sent in one go; the same holds of who may read so. */
  async readDirectory<Row extends QueryResultRow>(
    ctx: TenantContext,
    statement: Statement,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    if (ctx.tx) {
      this.#checkJoin(ctx, ctx.tx, 'app_directory');
      return ctx.tx.query<Row>(statement, values);
    }
    return this.#readMapped<Row>({ role: 'app_directory', settings: tenantSettings(ctx) }, statement, values);
  }

  /** One statement of `system` sent in one go: for what every request asks before its tenant counts, such as its session. */
  async readSystem<Row extends QueryResultRow>(
    statement: Statement,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    return this.#readMapped<Row>({ role: 'app_system', settings: NO_TENANT }, statement, values);
  }

  /** Runs queries as the role that logged in, which has no rights of its own: to look at roles, or to be seen alive. */
  async asLogin<Result>(work: (client: Pick<pg.ClientBase, 'query'>) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.acquire();
    try {
      const result = await work(client);
      this.#release(client);
      return result;
    } catch (error) {
      client.release(true);
      throw this.#translated(error);
    }
  }

  /** Connections in use or idle, and callers that wait. */
  get load(): { readonly total: number; readonly idle: number; readonly waiting: number } {
    return this.#pool.load;
  }

  /** Waits for units of work that run, then closes all connections. */
  async close(): Promise<void> {
    await this.#pool.close();
  }

  async #readMapped<Row extends QueryResultRow>(
    as: Reader,
    statement: Statement,
    values: readonly unknown[],
  ): Promise<Row[]> {
    let rows: Row[];
    try {
      rows = await this.#readOnce<Row>(as, statement, values);
    } catch (error) {
      if (!isStalePlan(error)) throw error;
      rows = await this.#readOnce<Row>(as, statement, values);
    }
    return statement.mapRow ? (rows.map(statement.mapRow) as Row[]) : rows;
  }

  async #readOnce<Row extends QueryResultRow>(
    as: Reader,
    statement: Statement,
    values: readonly unknown[],
  ): Promise<Row[]> {
    const client = await this.#pool.acquire();
    try {
      const name = this.#names.own(statement.name);
      const { pipeline } = this.#config;
      const query = { text: statement.text, values: values as unknown[] };
      const { rows } =
        name && pipeline
          ? await readAtOnce<Row>(client, as.role, as.settings, { ...query, name })
          : await runPipelined<Row>(
              client,
              beginAs(as.role, as.settings, ' READ ONLY'),
              name ? { ...query, name } : query,
              pipeline,
            );
      this.#release(client);
      return rows;
    } catch (error) {
      if (isStalePlan(error)) this.#names.renew();
      await this.#giveUp(client);
      throw this.#translated(error);
    }
  }

  /** @param last sends what is answered together with COMMIT; left out: what `work` made is the result */
  async #run<Made, Result = Made>(
    role: TransactionRole,
    tenant: string,
    begin: string,
    work: (tx: OpenTransaction) => PromiseLike<Made>,
    last?: (tx: Transaction, made: Made) => Promise<Result>,
  ): Promise<Result> {
    const client = await this.#pool.acquire();
    const guarded = new GuardedClient(client, this.#names);
    const tx = new OpenTransaction(guarded, { role, tenant, modelScope: this.#modelScope });
    let beginFailure: unknown;
    // Not awaited: it goes out together with the first query.
    const begun = client.query(begin).catch((error: unknown) => {
      beginFailure = error;
    });
    let result: Result;
    try {
      if (!this.#config.pipeline) await begun;
      const made = await work(tx);
      const sent = last?.(tx, made);
      if (!this.#config.pipeline) await sent;
      // Before COMMIT is queued: a query that comes later would run after it.
      guarded.close();
      const [answer, end] = await Promise.allSettled([sent, client.query('COMMIT'), begun]);
      if (beginFailure) throw beginFailure as Error;
      // Its own words, not those of the COMMIT that could not follow.
      if (answer.status === 'rejected') throw answer.reason as Error;
      if (end.status === 'rejected') throw end.reason as Error;
      // COMMIT of a failed transaction succeeds, and rolls back.
      if (end.value.command !== 'COMMIT') throw rolledBack(guarded.failure);
      result = last ? (answer.value as Result) : (made as unknown as Result);
    } catch (error) {
      guarded.close();
      await this.#giveUp(client);
      throw this.#translated(beginFailure ?? error);
    }
    this.#release(client);
    await this.#afterwards(tx);
    return result;
  }

  /** Ends a transaction that failed; a connection that does not come back to rest is destroyed. */
  async #giveUp(client: pg.PoolClient): Promise<void> {
    try {
      await client.query('ROLLBACK');
      this.#release(client);
    } catch (error) {
      client.release(error as Error);
    }
  }

  #release(client: pg.PoolClient): void {
    const isIdle = client.getTransactionStatus() === 'I';
    client.release(!isIdle);
  }

  async #afterwards(tx: OpenTransaction): Promise<void> {
    for (const work of tx.afterwards) {
      try {
        await work();
      } catch (error) {
        this.#log.error({ err: error }, 'work after a commit failed; the commit stands');
      }
    }
  }

  #translated(error: unknown): unknown {
    if (!isConnectionLoss(error)) return error;
    return Object.assign(new DatabaseUnavailable(), { cause: connectionProblem(this.#config.appUrl, error) });
  }

  #checkJoin(ctx: TenantContext, tx: Transaction, role: TransactionRole): void {
    if (!(tx instanceof OpenTransaction)) return;
    if (tx.role !== role) {
      throw new TenantMismatch({
        where: 'Database',
        what: `a unit as ${role} cannot join an open one as ${tx.role}: end that one first`,
      });
    }
    if (tx.tenant !== tenantOf(ctx)) {
      throw new TenantMismatch({
        where: 'Database',
        what: 'the open unit of work belongs to another tenant: end it first',
      });
    }
  }
}

async function runLast<Result>(
  tx: Transaction,
  { statement, values, sent, result }: LastStatement<Result>,
): Promise<Result> {
  const [before, rows] = await Promise.allSettled([sent, tx.query(statement, values)]);
  if (before.status === 'rejected') throw before.reason as Error;
  if (rows.status === 'rejected') throw rows.reason as Error;
  return result(rows.value);
}

function rolledBack(cause: Error | undefined): Error {
  const because = cause?.message ?? 'the reason is not known';
  return Object.assign(new TransactionRolledBack({ because }), { cause });
}
