import type { Database } from '../database/Database.js';
import type { InTransaction } from '../database/InTransaction.js';
import type { TenantContext } from '../kernel/context.js';

/**
 * Runs work on people's accounts, which stand above tenants, with its audit rows and mails in one transaction.
 *
 * The platform is set for what is queued; no tenant's rows open by it.
 */
export const inSystem = <Result>(
  database: Database,
  ctx: TenantContext,
  work: (ctx: InTransaction) => Promise<Result>,
): Promise<Result> =>
  database.system(async (tx) => {
    await tx.query("select set_config('app.platform_id', $1, true)", [ctx.platform.id]);
    return work({ ...ctx, tx });
  });
