import type { TenantContext } from '../../kernel/context.js';
import type { CoreParts } from './CoreParts.js';

type Parts = Pick<CoreParts, 'jobBoard' | 'database' | 'audit'>;

/** Runs a job again, and writes that down. @throws {JobNotFound} */
export const retryJob = (parts: Parts, ctx: TenantContext, id: string): Promise<void> =>
  written(parts, ctx, 'core.job.retried', id, () => parts.jobBoard.retry(ctx, id));

/** Takes a job out of the queue, and writes that down. @throws {JobNotFound} {@link JobRuns} */
export const cancelJob = (parts: Parts, ctx: TenantContext, id: string): Promise<void> =>
  written(parts, ctx, 'core.job.cancelled', id, () => parts.jobBoard.cancel(ctx, id));

/** The queue is the system's and the trail the tenant's: the line is written first, and stands only when the rest was done. */
async function written(
  { database, audit, jobBoard }: Parts,
  ctx: TenantContext,
  action: string,
  id: string,
  work: () => Promise<void>,
): Promise<void> {
  const { job, state } = await jobBoard.get(ctx, id);
  await database.unit(ctx, async (inside) => {
    await audit.record(inside, { action, subject: { type: 'job', id, name: job }, from: { state } });
    await work();
  });
}
