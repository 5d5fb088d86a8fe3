import type { Database } from '../../database/Database.js';

/** How many jobs of a module failed for good, or are parked, on one platform. */
export interface JobTrouble {
  readonly platformId: string;
  readonly module: string;
  readonly state: 'failed' | 'parked';
  readonly count: number;
}

const TROUBLES = {
  name: 'core_job_troubles',
  text: `select payload->>'platformId' as "platformId", payload->>'module' as module, 'failed' as state, count(*)::int as count
      from graphile_worker._private_jobs
      where payload->>'platformId' = any($1::text[]) and attempts >= max_attempts and locked_at is null group by 1, 2
    union all
    select platform_id::text, module, 'parked', count(*)::int from core_parked_job where platform_id = any($1::text[]::uuid[]) group by 1, 2`,
} as const;

export const jobTroubles = (
  database: Pick<Database, 'system'>,
  platformIds: readonly string[],
): Promise<JobTrouble[]> => database.system((tx) => tx.query<JobTrouble & object>(TROUBLES, [platformIds]));
