import { z } from 'zod';
import type { Database } from '../database/Database.js';
import { defineJob, type JobDefinition } from '../kernel/job.js';
import { DELIVER_EVENT } from './deliveryJob.js';

/** Days for which a fact is kept; longer where a delivery still waits or is parked. */
const OUTBOX_DAYS = 30;

const CLEAN = `
  DELETE FROM core_outbox WHERE platform_id = $1 AND occurred_at < $2 AND id::text <> ALL (
    SELECT payload->'payload'->>'eventId' FROM graphile_worker._private_jobs
      WHERE task_id = (SELECT id FROM graphile_worker._private_tasks WHERE identifier = $3)
    UNION ALL SELECT envelope->'payload'->>'eventId' FROM core_parked_job WHERE task = $3)`;

/** Removes a platform's old facts from the outbox, each night. */
export function cleanOutboxJob({ database }: { readonly database: Pick<Database, 'system'> }): JobDefinition {
  return defineJob({
    name: 'core.cleanOutbox',
    input: z.object({}),
    schedule: '17 3 * * *',
    run: async (ctx) => {
      const before = new Date(ctx.now.getTime() - OUTBOX_DAYS * 86_400_000);
      await database.system((tx) => tx.query(CLEAN, [ctx.platform.id, before, DELIVER_EVENT.name]));
    },
  });
}
