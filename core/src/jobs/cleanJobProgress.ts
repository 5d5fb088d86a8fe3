import { z } from 'zod';
import type { Database } from '../database/Database.js';
import { defineJob, type JobDefinition } from '../kernel/job.js';

const KEPT_MS = 24 * 60 * 60 * 1000;

/** Forgets how far jobs were that ended a day ago, or that are gone without having ended well. */
export const cleanJobProgressJob = ({
  database,
}: {
  readonly database: Pick<Database, 'system'>;
}): JobDefinition =>
  defineJob({
    name: 'core.cleanJobProgress',
    input: z.object({}),
    schedule: '23 * * * *',
    run: async (ctx) => {
      await database.system((tx) =>
        tx.query(
          `delete from core_job_progress progress where platform_id = $1 and reported_at < $2
             and (finished_at is not null
               or not exists (select from graphile_worker._private_jobs where id = progress.id)
                 and not exists (select from core_parked_job where id = progress.id))`,
          [ctx.platform.id, new Date(ctx.now.getTime() - KEPT_MS)],
        ),
      );
    },
  });
