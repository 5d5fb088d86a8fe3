import type { Database, TenantContext } from '@wizamart/core';
import type { DefaultUsage } from '../types.js';

const USES = {
  name: 'cms_default_uses',
  text: `
WITH active AS (SELECT store_id FROM core_store_platform WHERE platform_id = $1 AND is_active),
own AS (
  SELECT p.slug, count(*)::int AS stores FROM cms_store_page p JOIN active USING (store_id)
  WHERE p.platform_id = $1 AND p.slug = ANY($2::text[]) AND p.live_version IS NOT NULL GROUP BY p.slug)
SELECT slug, coalesce(own.stores, 0) AS "overriddenBy", (SELECT count(*)::int FROM active) - coalesce(own.stores, 0) AS "usedBy"
FROM unnest($2::text[]) AS asked(slug) LEFT JOIN own USING (slug)`,
};

/** Counts, over all stores of a platform, who shows a default and who has a published page of its own instead. */
export class DefaultUses {
  constructor(private readonly database: Database) {}

  async of(ctx: TenantContext, slugs: readonly string[]): Promise<ReadonlyMap<string, DefaultUsage>> {
    const rows = await this.database.directory(ctx, ({ tx }) =>
      tx.query<DefaultUsage & { slug: string }>(USES, [ctx.platform.id, slugs]),
    );
    return new Map(rows.map(({ slug, usedBy, overriddenBy }) => [slug, { usedBy, overriddenBy }]));
  }
}
