import type { Database, Statement, TenantContext } from '@wizamart/core';
import type { PlatformPageKind } from '../types.js';

const PLATFORM: Statement = {
  name: 'cms_due_platform_pages',
  text: `SELECT id, kind FROM cms_platform_page WHERE platform_id = $1 AND least(publish_at, unpublish_at) <= $2 ORDER BY id`,
};
/** The soonest first; what is beyond the number is due in the next minute too. */
const STORES: Statement = {
  name: 'cms_due_store_pages',
  text: `
SELECT id, store_id AS "storeId" FROM cms_store_page
WHERE platform_id = $1 AND (publish_at IS NOT NULL OR unpublish_at IS NOT NULL) AND least(publish_at, unpublish_at) <= $2
ORDER BY least(publish_at, unpublish_at) LIMIT 1000`,
};

/** Pages of the platform itself whose time has come. */
export const duePlatformPages = (
  database: Database,
  ctx: TenantContext,
): Promise<{ readonly id: string; readonly kind: PlatformPageKind }[]> =>
  database.read(ctx, PLATFORM, [ctx.platform.id, ctx.now]);

/** Pages of all stores of the platform whose time has come. */
export const dueStorePages = (
  database: Database,
  ctx: TenantContext,
): Promise<{ readonly id: string; readonly storeId: string }[]> =>
  database.directory(ctx, ({ tx }) => tx.query(STORES, [ctx.platform.id, ctx.now]));
