import type { Database } from '../database/Database.js';

/** What the listening connection of a worker calls itself: by it others see that the worker lives. */
export const workerName = (poolId: string): string => `wizamart-jobs ${poolId}`;

/** How long a worker may be without its listening connection before its jobs are given to others. */
const GRACE = '5 minutes';

const RELEASE = {
  name: 'core_release_abandoned_jobs',
  text: `
    WITH dead AS (
      SELECT DISTINCT locked_by FROM graphile_worker._private_jobs AS held
      WHERE locked_at < now() - interval '${GRACE}'
        AND NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = $1 || held.locked_by))
    SELECT graphile_worker.force_unlock_workers(array_agg(locked_by)) FROM dead HAVING count(*) > 0`,
} as const;

/**
 * Gives back the jobs of workers that died while they ran them; the queue alone would wait for four hours.
 *
 * An attempt that was begun counts. A job may so run a second time, which jobs must be able to bear anyway.
 */
export async function releaseAbandoned(database: Pick<Database, 'system'>): Promise<void> {
  await database.system((tx) => tx.query(RELEASE, [workerName('')]));
}
