import type {
  MerchantRecord,
  PlatformRecord,
  StoreContext,
  StoreRecord,
  TenantContext,
} from '../kernel/context.js';

/*
 * The same person, time and request, acting on another tenant: how administrators reach what they administer.
 * Whether they may is the caller's to check.
 */

export const asPlatform = (ctx: TenantContext, platform: PlatformRecord): TenantContext => ({
  ...ctx,
  platform,
  merchant: null,
  store: null,
});

export const asMerchant = (
  ctx: TenantContext,
  merchant: MerchantRecord,
): TenantContext & { readonly merchant: MerchantRecord } => ({
  ...ctx,
  merchant,
  store: null,
});

export const asStore = (ctx: TenantContext, store: StoreRecord): StoreContext => ({
  ...ctx,
  merchant: store.merchant,
  store,
});
