import type { TenantContext } from '../kernel/context.js';
import { TenantMismatch } from './errors.js';
import { checkUuid } from './uuid.js';

/** What `app.access` may say: how far the database trusts who acts. */
export type Access = 'admin' | 'store' | 'customer' | 'public' | 'system';

/** Surfaces on which an administrator's session counts as one; anywhere else it is a visitor's. */
const adminSurfaces: ReadonlySet<string> = new Set(['admin', 'cli', 'job']);

/**
 * The settings by which row-level security knows the tenant, as statements for the head of a transaction.
 *
 * All are set every time, also the empty ones: what somebody left in a pooled session must not count.
 *
 * @throws {TypeError} when an id is no uuid
 * @throws {TenantMismatch} when the store belongs to another merchant than the context's
 */
export function tenantSettings(ctx: TenantContext): string {
  const { merchant, store, actor } = ctx;
  if (store && store.merchantId !== merchant?.id) {
    throw new TenantMismatch({
      where: 'context',
      what: 'the store belongs to another merchant than the one of the context',
    });
  }
  return (
    `SET LOCAL app.platform_id='${checkUuid(ctx.platform.id, 'platform id')}';` +
    `SET LOCAL app.merchant_id='${merchant ? checkUuid(merchant.id, 'merchant id') : ''}';` +
    `SET LOCAL app.store_id='${store ? checkUuid(store.id, 'store id') : ''}';` +
    `SET LOCAL app.user_id='${actor.kind === 'user' ? checkUuid(actor.userId, 'user id') : ''}';` +
    `SET LOCAL app.access='${accessOf(ctx)}'`
  );
}

/** Whose rows a context may touch, as one text to compare. */
export function tenantOf(ctx: TenantContext): string {
  return `${ctx.platform.id}/${ctx.merchant?.id ?? ''}/${ctx.store?.id ?? ''}`;
}

export function accessOf({ actor, surface }: TenantContext): Access {
  switch (actor.kind) {
    case 'system':
      return 'system';
    case 'customer':
      return 'customer';
    case 'anonymous':
      return 'public';
    case 'user':
      if (actor.audience === 'store') return 'store';
      return adminSurfaces.has(surface) ? 'admin' : 'public';
  }
}
