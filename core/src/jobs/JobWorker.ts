import type { Logger as GraphileLogger, Runner, TaskList } from 'graphile-worker';
import pg from 'pg';
import type { Logger } from 'pino';
import type { JobRegistry } from './JobRegistry.js';
import type { JobRunner } from './JobRunner.js';

export interface JobWorkerDependencies {
  /** Direct connection (not through a pooler in transaction mode): the queue listens on it. */
  readonly connectionString: string;
  readonly registry: JobRegistry;
  readonly runner: Pick<JobRunner, 'run'>;
  readonly logger: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;
  /** Jobs at once on this node; default 3. */
  readonly concurrency?: number;
}

/** How long running jobs may take to finish when the worker stops. */
const STOP_MS = 10_000;

/** Takes jobs from the queue as they come, on connections of its own with the role `app_system`. */
export class JobWorker {
  readonly #deps: JobWorkerDependencies;
  #running: { readonly runner: Runner; readonly pool: pg.Pool } | undefined;

  constructor(deps: JobWorkerDependencies) {
    this.#deps = deps;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Loads the queue and listens; does nothing where no plugin has a job. */
  async start(): Promise<void> {
    const tasks = this.#tasks();
    if (this.#running || Object.keys(tasks).length === 0) return;
    const { run, Logger: QueueLogger } = await import('graphile-worker');
    const concurrency = this.#deps.concurrency ?? 3;
    const pool = this.#pool(concurrency);
    try {
      const runner = await run({ pgPool: pool, taskList: tasks, parsedCronItems: [], concurrency, noHandleSignals: true, logger: queueLogger(QueueLogger, this.#deps.logger) });
      runner.promise.catch((error: unknown) => this.#deps.logger.error({ err: error }, 'the job worker ended'));
      this.#running = { runner, pool };
    } catch (error) {
      await pool.end();
      throw error;
    }
  }

  /** Takes no more jobs and waits for those that run, at most ten seconds; the rest goes back to the queue. Before the database stops. */
  async stop(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    this.#running = undefined;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => { timer = setTimeout(() => resolve('late'), STOP_MS); });
    const stopped = running.runner.stop('the server stops');
    if ((await Promise.race([stopped, late])) === 'late') await running.runner.kill('jobs took too long to finish');
    clearTimeout(timer);
    await running.pool.end();
  }

  /** One connection more than jobs for listening, one for completing. */
  #pool(concurrency: number): pg.Pool {
    const pool = new pg.Pool({ connectionString: this.#deps.connectionString, options: '-c role=app_system', application_name: 'wizamart-jobs', max: concurrency + 2 });
    // The queue connects again by itself; without a listener a lost connection would end the process.
    const lost = (error: Error) => this.#deps.logger.warn({ err: error }, 'the job worker lost a database connection');
    pool.on('error', lost);
    pool.on('connect', (client) => client.on('error', lost));
    return pool;
  }

  #tasks(): TaskList {
    return Object.fromEntries(this.#deps.registry.all().map(({ definition }) => [
      definition.name,
      async (payload: unknown, { job }) => {
        await this.#deps.runner.run({ id: job.id, task: definition.name, attempt: job.attempts, maxAttempts: job.max_attempts, key: job.key, runAt: job.run_at }, payload);
      },
    ] satisfies [string, TaskList[string]]));
  }
}

type Level = 'debug' | 'info' | 'warn' | 'error';

/** Success is no news, and a failed job has been reported by the runner with plugin and platform. */
function queueLogger(QueueLogger: typeof GraphileLogger, logger: JobWorkerDependencies['logger']): GraphileLogger {
  return new QueueLogger(() => (level, message, meta) => {
    const quiet = level === 'info' || (meta !== undefined && 'failure' in meta);
    const target: Level = quiet ? 'debug' : level === 'warning' ? 'warn' : (level as Level);
    logger[target]({ queue: true }, message);
  });
}
