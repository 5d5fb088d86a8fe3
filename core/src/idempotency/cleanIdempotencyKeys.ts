import { z } from 'zod';
import type { Database } from '../database/Database.js';
import { defineJob, type JobDefinition } from '../kernel/job.js';

/** Removes a platform's Idempotency-Keys whose time is over, each hour. */
export function cleanIdempotencyKeysJob({
  database,
}: {
  readonly database: Pick<Database, 'system'>;
}): JobDefinition {
  return defineJob({
    name: 'core.cleanIdempotencyKeys',
    input: z.object({}),
    schedule: '41 * * * *',
    run: async (ctx) => {
      await database.system((tx) =>
        tx.query(`DELETE FROM core_idempotency_key WHERE expires_at <= $1 AND tenant LIKE $2 || ':%'`, [
          ctx.now,
          ctx.platform.id,
        ]),
      );
    },
  });
}
