import type { Database } from '../database/Database.js';
import type { ScheduledPlatforms } from './ContextFactory.js';

/** A job as the worker holds it while it decides whether to run it. */
export interface HeldJob {
  readonly id: string;
  readonly task: string;
  readonly maxAttempts: number;
  readonly key: string | null;
  readonly runAt: Date;
}

const PARK = {
  name: 'core_park_job',
  text: `
    WITH taken AS (DELETE FROM graphile_worker._private_jobs WHERE id = $1::bigint RETURNING id, payload, key, max_attempts, run_at)
    INSERT INTO core_parked_job (id, platform_id, module, task, envelope, job_key, max_attempts, run_at, reason, parked_at)
    SELECT id, (payload->>'platformId')::uuid, payload->>'module', $2, payload::jsonb, key, max_attempts, run_at, $3, $4 FROM taken
    ON CONFLICT (job_key) DO UPDATE SET
      envelope = excluded.envelope, max_attempts = excluded.max_attempts, run_at = excluded.run_at, parked_at = excluded.parked_at`,
} as const;

const RESUME = {
  name: 'core_resume_parked_jobs',
  text: `
    WITH taken AS (DELETE FROM core_parked_job WHERE platform_id = $1 AND module = $2 RETURNING *),
    queued AS MATERIALIZED (
      SELECT (graphile_worker.add_job(task, envelope::json, run_at := greatest(run_at, now()), max_attempts := max_attempts,
        job_key := job_key, job_key_mode := CASE WHEN job_key IS NULL THEN 'replace' ELSE 'unsafe_dedupe' END)).id
      FROM (SELECT * FROM taken ORDER BY id) AS ordered)
    SELECT count(*)::int AS count FROM queued`,
} as const;

/** Jobs set aside because their module is off on their platform. */
export class ParkedJobs {
  readonly #database: Pick<Database, 'system'>;

  constructor(deps: { readonly database: Pick<Database, 'system'> }) {
    this.#database = deps.database;
  }

  /** Moves a job out of the queue, in one statement: it is never in both places and never in none. */
  async park(job: HeldJob, reason: string, now: Date): Promise<void> {
    await this.#database.system((tx) => tx.query(PARK, [job.id, job.task, reason, now]));
  }

  /**
   * Puts all parked jobs of a module back into the queue, oldest first; where a newer one waits under the same
   * key, the newer one stays alone. May be called any number of times.
   *
   * @returns how many were parked
   */
  async resume(platformId: string, module: string): Promise<number> {
    const [row] = await this.#database.system((tx) =>
      tx.query<{ count: number }>(RESUME, [platformId, module]),
    );
    return row?.count ?? 0;
  }

  /**
   * Resumes whatever is parked although its module is on: a node that had not yet heard of the change may have
   * parked a job after `resume` ran.
   */
  async resumeAllThatMayRun(platforms: ScheduledPlatforms): Promise<number> {
    const parked = await this.#database.system((tx) =>
      tx.query<{ platformId: string; module: string }>(
        'SELECT DISTINCT platform_id AS "platformId", module FROM core_parked_job',
      ),
    );
    const current = new Map(platforms.all().map((platform) => [platform.id, platform]));
    let count = 0;
    for (const { platformId, module } of parked) {
      if (current.get(platformId)?.isOn(module)) count += await this.resume(platformId, module);
    }
    return count;
  }
}
