import type { Database, MerchantRecord, TenantContext } from '@wizamart/core';
import { atMerchant, type MerchantContext } from '../asProvider.js';

/** Merchants of the platform with subscriptions that meet a condition; `$1` is the platform, `$2` now. */
export async function merchantsWith(
  database: Database,
  ctx: TenantContext,
  condition: string,
): Promise<readonly MerchantRecord[]> {
  return database.directory(ctx, ({ tx }) =>
    tx.query<MerchantRecord & object>(
      `SELECT m.id, m.display_name AS name FROM core_merchant m
       WHERE $2::timestamptz IS NOT NULL AND EXISTS (SELECT FROM billing_subscription s WHERE s.merchant_id = m.id AND s.platform_id = $1 AND (${condition}))
       ORDER BY m.id`,
      [ctx.platform.id, ctx.now],
    ),
  );
}

/**
 * Does the same at each merchant, each in its own tenant. One that fails does not keep the others from their turn.
 *
 * @throws {AggregateError} at the end, when some failed; the job is tried again then
 */
export async function eachMerchant(
  ctx: TenantContext,
  merchants: readonly MerchantRecord[],
  work: (ctx: MerchantContext) => Promise<unknown>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const merchant of merchants) {
    try {
      await work(atMerchant(ctx, merchant));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${merchants.length} merchants failed`);
}
