import type { MerchantRecord, TenantContext } from '@wizamart/core';
import { TenantMissing } from '@wizamart/core';

/** A context that surely has a merchant, and no store. */
export type MerchantContext = TenantContext & { readonly merchant: MerchantRecord };

/** The merchant of a context, for all its stores, with who acts as it is. */
export function ofMerchant(ctx: TenantContext): MerchantContext {
  if (!ctx.merchant) throw new TenantMissing({ needed: 'merchant', where: 'Billing' });
  return ctx.store === null ? (ctx as MerchantContext) : { ...ctx, merchant: ctx.merchant, store: null };
}

/**
 * The same for what the provider does: merchants may read what they have, but not give themselves more, so the
 * database lets only administrators and the system write it.
 */
export const asProvider = (ctx: TenantContext): MerchantContext => ({
  ...ofMerchant(ctx),
  actor: { kind: 'system', name: 'billing' },
});

/** The provider at one of the platform's merchants; for jobs and administrators. */
export const atMerchant = (ctx: TenantContext, merchant: MerchantRecord): MerchantContext => ({
  ...ctx,
  merchant,
  store: null,
});
