import type { Database } from '../database/Database.js';
import type { TenantContext } from '../kernel/context.js';
import { JobNotFound, JobRuns } from './errors.js';

export const JOB_STATES = ['queued', 'running', 'failed', 'parked', 'finished'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** One job as an administrator sees it; its payload is not shown, since it may hold personal data. */
export interface JobSummary {
  readonly id: string;
  readonly job: string;
  readonly module: string;
  /**
   * `failed`: all attempts are used up. A job that failed but is tried again is `queued`, with `lastError`.
   * `finished`: only jobs that told how far they are, for a day.
   */
  readonly state: JobState;
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly runAt: Date;
  readonly createdAt: Date;
  readonly lastError: string | null;
  /** Why it is parked. */
  readonly reason: string | null;
  /** How far it is; null where it does not say so. */
  readonly progress: {
    readonly done: number;
    /** Null: not known. */
    readonly total: number | null;
    readonly text: string | null;
  } | null;
}

export interface JobFilter {
  readonly state?: JobState;
  /** Part of a job's name. */
  readonly q?: string;
  readonly sort?: JobSort;
  readonly page?: number;
  readonly perPage?: number;
}

export const JOB_SORTS = ['-createdAt', 'createdAt', 'job', '-job', 'runAt', '-runAt'] as const;
export type JobSort = (typeof JOB_SORTS)[number];

const PROGRESS =
  "CASE WHEN told.id IS NOT NULL THEN jsonb_build_object('done', told.done, 'total', told.total, 'text', told.text) END AS progress";

const JOBS = `
  SELECT jobs.id, task.identifier AS job, payload->>'module' AS module, attempts::int, max_attempts::int AS "maxAttempts",
    CASE WHEN locked_at IS NOT NULL THEN 'running' WHEN attempts >= max_attempts THEN 'failed' ELSE 'queued' END AS state,
    run_at AS "runAt", created_at AS "createdAt", last_error AS "lastError", NULL::text AS reason, ${PROGRESS}
  FROM graphile_worker._private_jobs AS jobs JOIN graphile_worker._private_tasks AS task ON task.id = jobs.task_id
  LEFT JOIN core_job_progress AS told ON told.id = jobs.id
  WHERE payload->>'platformId' = $1::text
  UNION ALL
  SELECT parked.id, parked.task, parked.module, 0, max_attempts, 'parked', run_at, parked_at, NULL, reason, ${PROGRESS}
  FROM core_parked_job AS parked LEFT JOIN core_job_progress AS told ON told.id = parked.id WHERE parked.platform_id = $1::text::uuid
  UNION ALL
  SELECT told.id, task, module, 0, 0, 'finished', finished_at, finished_at, NULL, NULL, ${PROGRESS}
  FROM core_job_progress AS told WHERE platform_id = $1::text::uuid AND finished_at IS NOT NULL`;

const COLUMNS = `id::text, job, module, state, attempts, "maxAttempts", "runAt", "createdAt", "lastError", reason, progress`;
const ORDERS: Readonly<Record<JobSort, string>> = {
  '-createdAt': '"createdAt" DESC',
  createdAt: '"createdAt"',
  job: 'job',
  '-job': 'job DESC',
  runAt: '"runAt"',
  '-runAt': '"runAt" DESC',
};

/** What waits, runs, failed or is parked on one platform; for its administrators. */
export class JobBoard {
  readonly #database: Pick<Database, 'system'>;

  constructor(deps: { readonly database: Pick<Database, 'system'> }) {
    this.#database = deps.database;
  }

  /** Jobs of the platform of `ctx`; newest first unless another order is wanted. */
  async list(
    ctx: TenantContext,
    { state, q, sort = '-createdAt', page = 1, perPage = 20 }: JobFilter = {},
  ): Promise<{ readonly items: readonly JobSummary[]; readonly total: number }> {
    return this.#database.system(async (tx) => {
      const wanted = `FROM (${JOBS}) AS job WHERE ($2::text IS NULL OR state = $2) AND ($3::text IS NULL OR position(lower($3) in lower(job)) > 0)`;
      const values = [ctx.platform.id, state ?? null, q?.trim() || null];
      const [count] = await tx.query<{ total: number }>(`SELECT count(*)::int AS total ${wanted}`, values);
      const items = await tx.query<JobSummary & { id: string }>(
        `SELECT ${COLUMNS} ${wanted} ORDER BY ${ORDERS[sort]}, job.id DESC LIMIT $4 OFFSET $5`,
        [...values, perPage, (page - 1) * perPage],
      );
      return { items, total: count?.total ?? 0 };
    });
  }

  /** How many jobs of the platform of `ctx` are in which state; states without any are left out. */
  async counts(ctx: TenantContext): Promise<Partial<Record<JobState, number>>> {
    const rows = await this.#database.system((tx) =>
      tx.query<{ state: JobState; count: number }>(
        `SELECT state, count(*)::int AS count FROM (${JOBS}) AS job GROUP BY state`,
        [ctx.platform.id],
      ),
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }

  /** One job of the platform of `ctx`. @throws {JobNotFound} also when it has ended and never told how far it was */
  async get(ctx: TenantContext, id: string): Promise<JobSummary> {
    if (!/^\d{1,18}$/.test(id)) throw new JobNotFound({ id });
    const [row] = await this.#database.system((tx) =>
      tx.query<JobSummary & { id: string }>(
        `SELECT ${COLUMNS} FROM (${JOBS}) AS job WHERE id = $2::bigint ORDER BY state = 'finished' LIMIT 1`,
        [ctx.platform.id, id],
      ),
    );
    if (!row) throw new JobNotFound({ id });
    return row;
  }

  /**
   * Takes a job of the platform of `ctx` out of the queue for good.
   *
   * @throws {JobNotFound} when the platform has no such job
   * @throws {JobRuns} while it runs: it is not stopped in the middle
   */
  async cancel(ctx: TenantContext, id: string): Promise<void> {
    const { state } = await this.get(ctx, id);
    if (state === 'running') throw new JobRuns({ id });
    const [row] = await this.#database.system((tx) =>
      tx.query<{ id: string }>(
        `WITH waiting AS (
         DELETE FROM graphile_worker._private_jobs WHERE id = $1::bigint AND payload->>'platformId' = $2 AND locked_at IS NULL RETURNING id),
       parked AS (DELETE FROM core_parked_job WHERE id = $1::bigint AND platform_id = $2::uuid RETURNING id),
       told AS (DELETE FROM core_job_progress WHERE id IN (SELECT id FROM waiting UNION ALL SELECT id FROM parked))
       SELECT id::text FROM waiting UNION ALL SELECT id::text FROM parked`,
        [id, ctx.platform.id],
      ),
    );
    if (!row) throw new JobNotFound({ id });
  }

  /**
   * Runs a failed or waiting job of the platform of `ctx` at once, with all its attempts again.
   *
   * @throws {JobNotFound} when the platform has no such job, or it runs just now, or it is parked
   */
  async retry(ctx: TenantContext, id: string): Promise<void> {
    if (!/^\d{1,18}$/.test(id)) throw new JobNotFound({ id });
    const [row] = await this.#database.system((tx) =>
      tx.query(
        `WITH again AS (
         UPDATE graphile_worker._private_jobs SET attempts = 0, run_at = now(), updated_at = now()
         WHERE id = $1::bigint AND payload->>'platformId' = $2 AND locked_at IS NULL RETURNING id)
       SELECT id, pg_notify('jobs:insert', '{"r":' || random() || ',"count":1}') FROM again`,
        [id, ctx.platform.id],
      ),
    );
    if (!row) throw new JobNotFound({ id });
  }

  /** Lets jobs that were enqueued for a time up to `now` run at once: for a clock that was moved. */
  async wakeDue(now: Date): Promise<void> {
    await this.#database.system((tx) =>
      tx.query(
        `WITH woken AS (
         UPDATE graphile_worker._private_jobs SET run_at = now()
         WHERE (payload->>'dueAt')::timestamptz <= $1 AND run_at > now() AND locked_at IS NULL AND attempts = 0 RETURNING id)
       SELECT pg_notify('jobs:insert', '{"r":' || random() || ',"count":' || count(*) || '}') FROM woken HAVING count(*) > 0`,
        [now],
      ),
    );
  }
}
