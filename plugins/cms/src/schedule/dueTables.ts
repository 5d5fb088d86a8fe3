import type { InTransaction, Statement } from '@wizamart/core';
import type { PlatformPageKind } from '../types.js';

/** `publish`: the draft goes live; `unpublish`: the page goes from visitors. */
export type DueChange = 'publish' | 'unpublish';
type Due = (ctx: InTransaction, id: string, change: DueChange) => Promise<boolean>;

/**
 * One statement per change: of two processes that come at once the second waits for the first, finds the condition
 * gone, and changes nothing. The version goes live at the time that was set, however late it is carried out.
 */
const PUBLISH = (table: string, where: string): string => `
UPDATE ${table} SET live_version = draft_version, draft_version = NULL, published_at = publish_at, publish_at = NULL,
  updated_at = $2, updated_by = NULL
WHERE ${where} AND id = $1 AND publish_at <= $2 RETURNING id`;

/** What visitors saw becomes the draft where there is none; its texts are copied by whoever finds them missing. */
const UNPUBLISH = (table: string, where: string): string => `
UPDATE ${table} SET draft_version = coalesce(draft_version, live_version + 1), live_version = NULL, published_at = NULL,
  unpublish_at = NULL, updated_at = $2, updated_by = NULL
WHERE ${where} AND id = $1 AND unpublish_at <= $2 AND live_version IS NOT NULL RETURNING id`;

const of = (name: string, table: string, where: string): Readonly<Record<DueChange, Statement>> => ({
  publish: { name: `cms_${name}_publish_due`, text: PUBLISH(table, where) },
  unpublish: { name: `cms_${name}_unpublish_due`, text: UNPUBLISH(table, where) },
});

const PLATFORM = of('platform', 'cms_platform_page', 'platform_id = $3 AND kind = $4');
const STORE = of('store', 'cms_store_page', 'merchant_id = $3 AND store_id = $4 AND platform_id = $5');

export const platformDue =
  (kind: PlatformPageKind): Due =>
  async (ctx, id, change) =>
    (await ctx.tx.query(PLATFORM[change], [id, ctx.now, ctx.platform.id, kind])).length > 0;

export const storeDue: Due = async (ctx, id, change) =>
  (await ctx.tx.query(STORE[change], [id, ctx.now, ctx.merchant?.id, ctx.store?.id, ctx.platform.id]))
    .length > 0;
