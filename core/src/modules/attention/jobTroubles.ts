import type { Database } from '../../database/Database.js';

/** How many jobs of a module failed for good, or are parked, on one platform. */
export interface JobTrouble {
  readonly module: string;
  readonly state: 'failed' | 'parked';
  readonly count: number;
}

const TROUBLES = {
  name: 'core_job_troubles',
  text: `select payload->>'module' as module, 'failed' as state, count(*)::int as count
      from graphile_worker._private_jobs
      where payload->>'platformId' = $1::text and attempts >= max_attempts and locked_at is null group by 1
    union all
    select module, 'parked', count(*)::int from core_parked_job where platform_id = $1::text::uuid group by 1`,
} as const;

export const jobTroubles = (database: Pick<Database, 'system'>, platformId: string): Promise<JobTrouble[]> =>
  database.system((tx) => tx.query<JobTrouble & object>(TROUBLES, [platformId]));
