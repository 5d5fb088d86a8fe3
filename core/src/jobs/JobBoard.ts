import type { Database } from '../database/Database.js';
import type { TenantContext } from '../kernel/context.js';
import { JobNotFound } from './errors.js';

export const JOB_STATES = ['queued', 'running', 'failed', 'parked'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** One job as an administrator sees it; its payload is not shown, since it may hold personal data. */
export interface JobSummary {
  readonly id: string;
  readonly job: string;
  readonly module: string;
  /** `failed`: all attempts are used up. A job that failed but is tried again is `queued`, with `lastError`. */
  readonly state: JobState;
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly runAt: Date;
  readonly createdAt: Date;
  readonly lastError: string | null;
  /** Why it is parked. */
  readonly reason: string | null;
}

const JOBS = `
  SELECT jobs.id, task.identifier AS job, payload->>'module' AS module, attempts::int, max_attempts::int AS "maxAttempts",
    CASE WHEN locked_at IS NOT NULL THEN 'running' WHEN attempts >= max_attempts THEN 'failed' ELSE 'queued' END AS state,
    run_at AS "runAt", created_at AS "createdAt", last_error AS "lastError", NULL::text AS reason
  FROM graphile_worker._private_jobs AS jobs JOIN graphile_worker._private_tasks AS task ON task.id = jobs.task_id
  WHERE payload->>'platformId' = $1::text
  UNION ALL
  SELECT id, task, module, 0, max_attempts, 'parked', run_at, parked_at, NULL, reason FROM core_parked_job WHERE platform_id = $1::text::uuid`;

/** What waits, runs, failed or is parked on one platform; for its administrators. */
export class JobBoard {
  readonly #database: Pick<Database, 'system'>;

  constructor(deps: { readonly database: Pick<Database, 'system'> }) {
    this.#database = deps.database;
  }

  /** Jobs of the platform of `ctx`, newest first. */
  async list(
    ctx: TenantContext,
    {
      state,
      page = 1,
      perPage = 20,
    }: { readonly state?: JobState; readonly page?: number; readonly perPage?: number } = {},
  ): Promise<{ readonly items: readonly JobSummary[]; readonly total: number }> {
    return this.#database.system(async (tx) => {
      const wanted = `FROM (${JOBS}) AS job WHERE $2::text IS NULL OR state = $2`;
      const [count] = await tx.query<{ total: number }>(`SELECT count(*)::int AS total ${wanted}`, [
        ctx.platform.id,
        state ?? null,
      ]);
      const items = await tx.query<JobSummary & { id: string }>(
        `SELECT id::text, job, module, state, attempts, "maxAttempts", "runAt", "createdAt", "lastError", reason ${wanted} ORDER BY "createdAt" DESC, job.id DESC LIMIT $3 OFFSET $4`,
        [ctx.platform.id, state ?? null, perPage, (page - 1) * perPage],
      );
      return { items, total: count?.total ?? 0 };
    });
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
