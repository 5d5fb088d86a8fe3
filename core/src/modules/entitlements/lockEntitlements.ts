import type { Statement, Transaction } from '../../database/unitOfWork.js';
import { MerchantNotOnPlatform } from './errors.js';

// No key update: what merely refers to the row need not wait.
const LOCK: Statement = {
  name: 'core_entitlement_lock',
  text: 'select 1 as locked from core_merchant_platform where merchant_id = $1 and platform_id = $2 for no key update',
};

/**
 * Makes claims of one merchant on one platform wait for each other until the transaction ends.
 *
 * @throws {MerchantNotOnPlatform} when there is nothing to lock: a claim without a lock would prove nothing
 */
export const lockEntitlements = async (
  tx: Transaction,
  platformId: string,
  merchantId: string,
): Promise<void> => {
  const rows = await tx.query(LOCK, [merchantId, platformId]);
  if (rows.length === 0) throw new MerchantNotOnPlatform({ merchantId });
};
