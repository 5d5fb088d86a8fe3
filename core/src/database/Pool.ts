import pg from 'pg';
import { type DatabaseConfig } from './config.js';
import { connectionProblem } from './connectionProblem.js';
import { DatabaseBusy, DatabaseUnavailable } from './errors.js';
import { typeParsers } from './typeParsers.js';

/** Connections to the database as the role that serves, handed out one at a time. */
export class Pool {
  readonly #config: DatabaseConfig;
  readonly #pool: pg.Pool;

  constructor(config: DatabaseConfig, onError: (error: Error) => void) {
    this.#config = config;
    this.#pool = new pg.Pool({
      connectionString: config.appUrl,
      max: config.poolSize,
      connectionTimeoutMillis: config.acquireTimeoutMs,
      query_timeout: config.queryTimeoutMs,
      application_name: config.applicationName,
      keepAlive: true,
      types: typeParsers,
      pipeline: config.pipeline,
    } as pg.PoolConfig);
    this.#pool.on('error', onError);
    // A connection in use that breaks would end the process if nobody listened; its queries fail by themselves.
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /**
   * Waits for a connection; release it, or destroy it with `release(error)`.
   *
   * @throws {DatabaseBusy} when all stay in use for `acquireTimeoutMs`
   * @throws {DatabaseUnavailable} when the database does not answer; the cause says where and why
   */
  async acquire(): Promise<pg.PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (cause) {
      throw this.#failure(cause);
    }
  }

  /** Connections in use or idle, and callers that wait. */
  get load(): { readonly total: number; readonly idle: number; readonly waiting: number } {
    return { total: this.#pool.totalCount, idle: this.#pool.idleCount, waiting: this.#pool.waitingCount };
  }

  async close(): Promise<void> {
    if (!this.#pool.ended && !this.#pool.ending) await this.#pool.end();
  }

  #failure(cause: unknown): Error {
    if ((cause as Error).message === 'timeout exceeded when trying to connect') {
      return Object.assign(new DatabaseBusy({ waitedMs: this.#config.acquireTimeoutMs }), { cause });
    }
    return Object.assign(new DatabaseUnavailable(), { cause: connectionProblem(this.#config.appUrl, cause) });
  }
}
