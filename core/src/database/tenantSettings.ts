import type { TenantContext } from '../kernel/context.js';
import { TenantMismatch } from './errors.js';
import { checkUuid } from './uuid.js';

/** What `app.access` may say: how far the database trusts who acts. */
export type Access = 'admin' | 'store' | 'customer' | 'public' | 'system';

/** Surfaces on which an administrator's session counts as one; anywhere else it is a visitor's. */
const adminSurfaces: ReadonlySet<string> = new Set(['admin', 'cli', 'job']);

/** Ids of platform, merchant, store and user, and what `app.access` says; '' where there is none. */
export type TenantSettings = readonly [
  platformId: string,
  merchantId: string,
  storeId: string,
  userId: string,
  access: Access,
];

/** Before a tenant is known. */
export const NO_TENANT: TenantSettings = ['', '', '', '', 'system'];

/**
 * The settings by which row-level security knows the tenant.
 *
 * @throws {TypeError} when an id is no uuid
 * @throws {TenantMismatch} when the store belongs to another merchant than the context's
 */
export function tenantSettings(ctx: TenantContext): TenantSettings {
  const { merchant, store, actor } = ctx;
  if (store && store.merchantId !== merchant?.id) {
    throw new TenantMismatch({
      where: 'context',
      what: 'the store belongs to another merchant than the one of the context',
    });
  }
  return [
    checkUuid(ctx.platform.id, 'platform id'),
    merchant ? checkUuid(merchant.id, 'merchant id') : '',
    store ? checkUuid(store.id, 'store id') : '',
    actor.kind === 'user' ? checkUuid(actor.userId, 'user id') : '',
    accessOf(ctx),
  ];
}

/**
 * The head of a transaction, as one message.
 *
 * All settings are set every time, also the empty ones: what somebody left in a pooled session must not count.
 */
export function beginAs(
  role: string,
  [platform, merchant, store, user, access]: TenantSettings,
  mode: '' | ' READ ONLY' = '',
): string {
  return (
    `BEGIN${mode};SET LOCAL ROLE ${role};SET LOCAL app.platform_id='${platform}';SET LOCAL app.merchant_id='${merchant}';` +
    `SET LOCAL app.store_id='${store}';SET LOCAL app.user_id='${user}';SET LOCAL app.access='${access}'`
  );
}

/** Whose rows a context may touch, as one text to compare. */
export function tenantOf(ctx: TenantContext): string {
  return `${ctx.platform.id}/${ctx.merchant?.id ?? ''}/${ctx.store?.id ?? ''}`;
}

function accessOf({ actor, surface }: TenantContext): Access {
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
