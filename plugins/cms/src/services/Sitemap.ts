import type { Database, Language, SitemapEntry, Statement, TenantContext } from '@wizamart/core';
import { pathOf } from './PageMenu.js';

interface SitemapRow {
  readonly slug: string;
  readonly published_at: Date;
  readonly languages: readonly Language[];
}

/** The languages of a live version that search engines may show. */
const indexable = (table: string, owner: string): string => `
  CROSS JOIN LATERAL (
    SELECT array_agg(x.language) AS languages FROM ${table} x
    WHERE ${owner} AND x.page_id = p.id AND x.version = p.live_version AND coalesce(x.seo ->> 'robots', 'index') <> 'noindex') t`;

const platformEntries = (kind: string): string => `
  SELECT p.slug, p.published_at, t.languages
  FROM cms_platform_page p ${indexable('cms_platform_page_translation', 'x.platform_id = p.platform_id')}
  WHERE p.platform_id = $1 AND p.kind = '${kind}' AND p.published_at <= $2`;

const MARKETING_ENTRIES: Statement = {
  name: 'cms_marketing_sitemap',
  text: `SELECT * FROM (${platformEntries('platform')}) page WHERE languages IS NOT NULL ORDER BY slug`,
};

/** $3 merchant, $4 store. */
const STORE_ENTRIES: Statement = {
  name: 'cms_store_sitemap',
  text: `
WITH own AS (
  SELECT p.slug, p.published_at, t.languages
  FROM cms_store_page p
  ${indexable('cms_store_page_translation', 'x.merchant_id = p.merchant_id AND x.store_id = p.store_id AND x.platform_id = p.platform_id')}
  WHERE p.merchant_id = $3 AND p.store_id = $4 AND p.platform_id = $1 AND p.published_at <= $2)
SELECT * FROM (
  SELECT * FROM own
  UNION ALL (SELECT d.* FROM (${platformEntries('default')}) d WHERE NOT EXISTS (SELECT FROM own WHERE own.slug = d.slug))
) page WHERE languages IS NOT NULL ORDER BY slug`,
};

/** The published pages of a site that search engines may list: those that answer 200 and are not marked noindex. */
export class Sitemap {
  readonly #database: Database;

  constructor({ database }: { readonly database: Database }) {
    this.#database = database;
  }

  async entries(ctx: TenantContext): Promise<readonly SitemapEntry[]> {
    const values = [ctx.platform.id, ctx.now];
    const rows = ctx.store
      ? await this.#database.read<SitemapRow>(ctx, STORE_ENTRIES, [
          ...values,
          ctx.store.merchantId,
          ctx.store.id,
        ])
      : await this.#database.read<SitemapRow>(ctx, MARKETING_ENTRIES, values);
    return rows.map(({ slug, published_at, languages }) => ({
      path: pathOf(slug),
      updatedAt: published_at,
      languages: offeredBy(ctx, languages),
    }));
  }
}

/** Only languages that the site has addresses for; a page in none of them is found in the site's own. */
function offeredBy(ctx: TenantContext, languages: readonly Language[]): readonly Language[] {
  const site = ctx.store ?? ctx.platform;
  const offered = site.languages.filter((language) => languages.includes(language));
  return offered.length > 0 ? offered : [site.defaultLanguage];
}
