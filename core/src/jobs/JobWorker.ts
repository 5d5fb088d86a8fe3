import type { TaskList } from 'graphile-worker';
import { systemTimers, type Timers } from '../kernel/clock.js';
import type { JobRegistry } from './JobRegistry.js';
import type { JobRunner } from './JobRunner.js';
import { QueueSession, type QueueLog } from './QueueSession.js';

export interface JobWorkerDependencies {
  /** Direct connection (not through a pooler in transaction mode): the queue listens on it. */
  readonly connectionString: string;
  readonly registry: JobRegistry;
  readonly runner: Pick<JobRunner, 'run'>;
  readonly logger: QueueLog;
  /** Jobs at once on this node; default 3. */
  readonly concurrency?: number;
  readonly timers?: Timers;
}

const LONGEST_PAUSE_MS = 30_000;

/** Takes jobs from the queue as they come, on connections of its own with the role `app_system`. */
export class JobWorker {
  readonly #deps: JobWorkerDependencies;
  readonly #timers: Timers;
  #session: QueueSession | undefined;
  #isWanted = false;
  #mending: Promise<void> | undefined;
  #wake: () => void = () => undefined;

  constructor(deps: JobWorkerDependencies) {
    this.#deps = deps;
    this.#timers = deps.timers ?? systemTimers;
  }

  /** Whether jobs are taken at present. */
  get isRunning(): boolean {
    return this.#session !== undefined;
  }

  /** Loads the queue and listens; does nothing where no plugin has a job. Later losses are mended by itself. */
  async start(): Promise<void> {
    if (this.#isWanted || this.#deps.registry.all().length === 0) return;
    this.#isWanted = true;
    try {
      this.#session = await this.#open();
    } catch (error) {
      this.#isWanted = false;
      throw error;
    }
  }

  /** Takes no more jobs and waits for those that run, at most ten seconds; the rest goes back to the queue. Before the database stops. */
  async stop(): Promise<void> {
    this.#isWanted = false;
    this.#wake();
    await this.#mending;
    const session = this.#session;
    this.#session = undefined;
    await session?.close();
  }

  #open(): Promise<QueueSession> {
    const { connectionString, logger, concurrency = 3 } = this.#deps;
    const onBroken = (session: QueueSession): void => {
      this.#mending = this.#mend(session);
    };
    return QueueSession.open({ connectionString, logger, concurrency, tasks: this.#tasks(), onBroken });
  }

  async #mend(broken: QueueSession): Promise<void> {
    if (this.#session === broken) this.#session = undefined;
    await broken.close().catch(() => undefined);
    for (let pause = 1_000; this.#isWanted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        this.#session = await this.#open();
        return;
      } catch (error) {
        this.#deps.logger.warn(
          { err: error },
          'the job worker could not be started again; the next try follows',
        );
        await this.#pause(pause);
      }
    }
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#timers.setTimeout(resolve, milliseconds);
      this.#wake = () => {
        this.#timers.clearTimeout(timer);
        resolve();
      };
    });
  }

  #tasks(): TaskList {
    return Object.fromEntries(
      this.#deps.registry.all().map(
        ({ definition }) =>
          [
            definition.name,
            async (payload: unknown, { job }) => {
              await this.#deps.runner.run(
                {
                  id: job.id,
                  task: definition.name,
                  attempt: job.attempts,
                  maxAttempts: job.max_attempts,
                  key: job.key,
                  runAt: job.run_at,
                },
                payload,
              );
            },
          ] satisfies [string, TaskList[string]],
      ),
    );
  }
}
