import type { Database, InTransaction, TenantContext } from '@wizamart/core';
import type { MediaUsage, MediaUse } from './types.js';

/** Versions that are live or being edited; former ones count no more. */
const IN_USE = `t.version IN (p.live_version, p.draft_version) AND jsonb_path_exists(t.body, '$.**.media ? (@ == $id)', jsonb_build_object('id', $1::text))`;
const COLUMNS = `p.id AS "pageId", p.slug, t.title, t.language, bool_or(t.version IS NOT DISTINCT FROM p.live_version) AS "isLive"`;

const BY_STORE = `
SELECT ${COLUMNS}, 'store' AS kind
FROM cms_store_page p
JOIN cms_store_page_translation t USING (merchant_id, store_id, platform_id)
WHERE t.page_id = p.id AND p.merchant_id = $2 AND p.store_id = $3 AND p.platform_id = $4 AND ${IN_USE}
GROUP BY p.id, p.slug, t.title, t.language ORDER BY p.slug, t.language`;

const BY_PLATFORM = `
SELECT ${COLUMNS}, p.kind
FROM cms_platform_page p
JOIN cms_platform_page_translation t USING (platform_id)
WHERE t.page_id = p.id AND p.platform_id = $2 AND ${IN_USE}
GROUP BY p.id, p.kind, p.slug, t.title, t.language ORDER BY p.kind, p.slug, t.language`;

const BY_STORES = `
SELECT count(DISTINCT p.store_id)::int AS stores
FROM cms_store_page p
JOIN cms_store_page_translation t USING (merchant_id, store_id, platform_id)
WHERE t.page_id = p.id AND p.platform_id = $2 AND ${IN_USE}`;

/** Tells where media are shown. */
export class MediaUses {
  constructor(private readonly database: Database) {}

  /** The pages of the tenant of `ctx` that show a medium; for a platform's also how many stores do in pages of their own. */
  async of(ctx: TenantContext, id: string): Promise<MediaUsage> {
    const pages = await this.database.unit(ctx, (ctx) => usedBy(ctx, id));
    const theme = inTheme(ctx, id);
    if (ctx.store) return { pages, stores: 0, theme };
    const [row] = await this.database.directory(ctx, ({ tx }) =>
      tx.query<{ stores: number }>(BY_STORES, [id, ctx.platform.id]),
    );
    return { pages, stores: row?.stores ?? 0, theme };
  }
}

/** As visitors see it; addresses of a library's pictures hold their ids. */
function inTheme({ store, platform }: TenantContext, id: string): boolean {
  const { branding } = (store ?? platform).theme;
  return Object.values(branding).some((address) => address?.includes(`/${id}`) === true);
}

function usedBy({ tx, store, platform }: InTransaction, id: string): Promise<MediaUse[]> {
  return store
    ? tx.query(BY_STORE, [id, store.merchantId, store.id, platform.id])
    : tx.query(BY_PLATFORM, [id, platform.id]);
}
