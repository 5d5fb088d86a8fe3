import type { Database } from '../database/Database.js';
import type { Clock } from '../kernel/clock.js';
import type { FailureReporter } from '../kernel/failureReporter.js';

interface ReportingJob {
  readonly id: string;
  readonly task: string;
  readonly module: string;
  readonly platformId: string;
}

const LONGEST_TEXT = 300;

const TELL = {
  name: 'core_tell_job_progress',
  text: `insert into core_job_progress (id, platform_id, task, module, done, total, text, reported_at) values ($1::bigint, $2, $3, $4, $5, $6, $7, $8)
    on conflict (id) do update set done = excluded.done, total = excluded.total, text = excluded.text, reported_at = excluded.reported_at, finished_at = null`,
} as const;

const FINISH = {
  name: 'core_finish_job_progress',
  text: 'update core_job_progress set finished_at = $2, reported_at = $2, done = coalesce(total, done) where id = $1::bigint',
} as const;

/** Keeps how far jobs are. What it cannot write it reports; the job goes on. */
export class JobProgress {
  constructor(
    private readonly deps: {
      readonly database: Pick<Database, 'system'>;
      readonly clock: Clock;
      readonly failures: FailureReporter;
    },
  ) {}

  of(job: ReportingJob): ProgressOfJob {
    return new ProgressOfJob(job, this.deps);
  }
}

class ProgressOfJob {
  #shown: string | undefined;

  constructor(
    private readonly job: ReportingJob,
    private readonly deps: ConstructorParameters<typeof JobProgress>[0],
  ) {}

  async tell(done: number, total: number | null, text: string | null): Promise<void> {
    const [steps, all] = [whole(done), total === null ? null : whole(total)];
    // In hundredths: nobody sees more of a bar, and a job with a million steps writes a hundred times.
    const seen = `${all === null ? steps : all === 0 ? 100 : Math.floor((Math.min(steps, all) * 100) / all)} ${text ?? ''}`;
    if (seen === this.#shown) return;
    this.#shown = seen;
    const { id, platformId, task, module } = this.job;
    const words = text === null ? null : text.slice(0, LONGEST_TEXT);
    await this.#write(TELL, [id, platformId, task, module, steps, all, words, this.deps.clock.now()]);
  }

  /** For a job that never told anything there is nothing to do. */
  async finish(): Promise<void> {
    if (this.#shown !== undefined) await this.#write(FINISH, [this.job.id, this.deps.clock.now()]);
  }

  async #write(statement: typeof TELL | typeof FINISH, values: readonly unknown[]): Promise<void> {
    try {
      await this.deps.database.system((tx) => tx.query(statement, values));
    } catch (error) {
      this.deps.failures.report({
        plugin: this.job.module,
        platform: null,
        during: `telling how far the job ${this.job.task} is`,
        error,
      });
    }
  }
}

const MOST = 2_147_483_647;
const whole = (steps: number): number =>
  Number.isFinite(steps) ? Math.min(MOST, Math.max(0, Math.trunc(steps))) : 0;
