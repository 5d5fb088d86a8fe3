import { EventEmitter } from 'node:events';
import type { Logger as GraphileLogger, Runner, TaskList, WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import type { Logger } from 'pino';
import { workerName } from './releaseAbandoned.js';

export type QueueLog = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

export interface QueueSessionOptions {
  readonly connectionString: string;
  readonly tasks: TaskList;
  readonly concurrency: number;
  readonly logger: QueueLog;
  /** Called once when the session does not get on by itself any more: close it and open another. */
  readonly onBroken: (session: QueueSession) => void;
}

/** How long running jobs may take to finish when a session closes. */
const CLOSE_MS = 10_000;
/** Failed look-ups in a row, per job slot, after which a session counts as broken. */
const PATIENCE = 3;

/** The queue's runner with its connections, from opening to closing. */
export class QueueSession {
  readonly #runner: Runner;
  readonly #pool: pg.Pool;
  #isOver = false;

  private constructor(runner: Runner, pool: pg.Pool) {
    this.#runner = runner;
    this.#pool = pool;
  }

  static async open(options: QueueSessionOptions): Promise<QueueSession> {
    const { run, Logger: QueueLogger } = await import('graphile-worker');
    const pool = openPool(options);
    const events: WorkerEvents = new EventEmitter();
    events.on('pool:listen:success', ({ client, workerPool }) =>
      giveName(client, workerPool.id, options.logger),
    );
    try {
      const runner = await run({
        pgPool: pool,
        taskList: options.tasks,
        parsedCronItems: [],
        concurrency: options.concurrency,
        noHandleSignals: true,
        events,
        logger: queueLogger(QueueLogger, options.logger),
      });
      const session = new QueueSession(runner, pool);
      session.#watch(events, options);
      return session;
    } catch (error) {
      await pool.end();
      throw error;
    }
  }

  /** Takes no more jobs and waits for those that run, at most ten seconds; the rest goes back to the queue. */
  async close(): Promise<void> {
    this.#isOver = true;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), CLOSE_MS);
    });
    const stopped = this.#runner.stop('closing').catch(() => undefined);
    if ((await Promise.race([stopped, late])) === 'late')
      await this.#runner.kill('jobs took too long to finish');
    clearTimeout(timer);
    await this.#pool.end();
  }

  /** A connection that breaks during the very first look-up leaves the runner failing for good; it says so only here. */
  #watch(events: WorkerEvents, { concurrency, logger, onBroken }: QueueSessionOptions): void {
    let failures = 0;
    const broken = (error: unknown): void => {
      if (this.#isOver) return;
      this.#isOver = true;
      logger.error({ err: error }, 'the job worker does not get on; it is started again');
      onBroken(this);
    };
    const works = (): void => {
      failures = 0;
    };
    events.on('worker:getJob:empty', works);
    events.on('job:start', works);
    events.on('worker:getJob:error', ({ error }) => {
      if (++failures >= PATIENCE * concurrency) broken(error);
    });
    this.#runner.promise.then(() => broken(new Error('the runner ended')), broken);
  }
}

/** Once the connection listens, which the runner asks of it next. */
function giveName(client: pg.PoolClient, poolId: string, logger: QueueLog): void {
  client.once('drain', () => {
    client
      .query(`SET application_name = '${workerName(poolId)}'`)
      .catch((error: unknown) => logger.warn({ err: error }, 'the job worker could not give its name'));
  });
}

/** One connection more than jobs for listening, one for completing. */
function openPool({ connectionString, concurrency, logger }: QueueSessionOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    options: '-c role=app_system',
    application_name: 'wizamart-jobs',
    max: concurrency + 2,
    keepAlive: true,
  });
  // The queue connects again by itself; without a listener a lost connection would end the process.
  const lost = (error: Error): void =>
    logger.warn({ err: error }, 'the job worker lost a database connection');
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  return pool;
}

/** Success is no news, and a failed job has been reported by its runner with plugin and platform. */
function queueLogger(QueueLogger: typeof GraphileLogger, logger: QueueLog): GraphileLogger {
  return new QueueLogger(() => (level, message, meta) => {
    const quiet = level === 'info' || (meta !== undefined && 'failure' in meta);
    const target = quiet ? 'debug' : level === 'warning' ? 'warn' : (level as 'debug' | 'error');
    logger[target]({ queue: true }, message);
  });
}
