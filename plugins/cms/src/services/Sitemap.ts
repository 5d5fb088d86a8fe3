import type { Database, Language, SitemapEntry, Statement, TenantContext } from '@wizamart/core';
import { offeredLanguages } from '../seo/addressLanguage.js';
import { effective } from '../schedule/effective.js';
import { pathOf } from './PageMenu.js';
import { languagePreference, pickLanguage } from './resolution.js';

interface SitemapRow {
  readonly slug: string;
  readonly published_at: Date;
  /** All languages of the live version. */
  readonly languages: readonly Language[];
  /** Those that search engines may show; null for none. */
  readonly indexable: readonly Language[] | null;
}

/** $2 now. */
const SEEN = effective('$2');

/** The languages of a live version, and those of them that are neither `noindex` nor another page's double. */
const indexable = (table: string, owner: string): string => `
  CROSS JOIN LATERAL (
    SELECT array_agg(x.language ORDER BY x.language) AS languages, array_agg(x.language) FILTER (
      WHERE coalesce(x.seo ->> 'robots', 'index') <> 'noindex'
      AND coalesce(x.seo ->> 'canonical' IN ('/' || p.slug, CASE p.slug WHEN 'home' THEN '/' ELSE '' END), true)) AS indexable
    FROM ${table} x WHERE ${owner} AND x.page_id = p.id AND x.version = ${SEEN.version}) t`;

const platformEntries = (kind: string): string => `
  SELECT p.slug, ${SEEN.publishedAt} AS published_at, t.languages, t.indexable
  FROM cms_platform_page p ${indexable('cms_platform_page_translation', 'x.platform_id = p.platform_id')}
  WHERE p.platform_id = $1 AND p.kind = '${kind}' AND ${SEEN.isLive}`;

const MARKETING_ENTRIES: Statement = {
  name: 'cms_marketing_sitemap',
  text: `SELECT * FROM (${platformEntries('platform')}) page WHERE indexable IS NOT NULL ORDER BY slug`,
};

/** $3 merchant, $4 store. */
const STORE_ENTRIES: Statement = {
  name: 'cms_store_sitemap',
  text: `
WITH own AS (
  SELECT p.slug, ${SEEN.publishedAt} AS published_at, t.languages, t.indexable
  FROM cms_store_page p
  ${indexable('cms_store_page_translation', 'x.merchant_id = p.merchant_id AND x.store_id = p.store_id AND x.platform_id = p.platform_id')}
  WHERE p.merchant_id = $3 AND p.store_id = $4 AND p.platform_id = $1 AND ${SEEN.isLive})
SELECT * FROM (
  SELECT * FROM own
  UNION ALL (SELECT d.* FROM (${platformEntries('default')}) d WHERE NOT EXISTS (SELECT FROM own WHERE own.slug = d.slug))
) page WHERE indexable IS NOT NULL ORDER BY slug`,
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
    return rows
      .map(({ slug, published_at, languages, indexable }) => ({
        path: pathOf(slug),
        updatedAt: published_at,
        languages: addressesOf(ctx, languages, indexable ?? []),
      }))
      .filter((entry) => entry.languages.length > 0);
  }
}

/** Languages whose addresses show a text of their own; a page in none of the site's is found at the site's main address. */
function addressesOf(
  ctx: TenantContext,
  languages: readonly Language[],
  indexable: readonly Language[],
): readonly Language[] {
  const site = ctx.store ?? ctx.platform;
  const offered = offeredLanguages(site, languages);
  if (offered.length > 0) return offered.filter((language) => indexable.includes(language));
  const shown = pickLanguage(languagePreference({ ...ctx, language: site.defaultLanguage }), languages);
  return shown !== undefined && indexable.includes(shown) ? [site.defaultLanguage] : [];
}
