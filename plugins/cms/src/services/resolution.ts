import { type Language, LANGUAGES, type Statement, type TenantContext } from '@wizamart/core';
import type { Body } from '../blocks/schemas.js';
import type { PageTemplate, PublicPage, Seo } from '../types.js';

/** A row of either statement below. */
export interface ResolvedRow {
  readonly source: PublicPage['source'];
  readonly template: PageTemplate;
  readonly published_at: Date;
  readonly languages: readonly Language[];
  readonly language: Language;
  readonly title: string;
  readonly description: string;
  readonly body: Body;
  readonly seo: Seo;
}

const COLUMNS = `t.language, t.title, t.description, t.body, t.seo, p.template, p.published_at`;
const AVAILABLE = `array_agg(t.language) OVER (PARTITION BY p.id) AS languages`;

/** The platform's own pages of one kind; $1 platform, $2 slug, $3 now, $4 languages in order of preference. */
const platformPage = (kind: string, source: string, rank: number): string => `
  SELECT ${rank} AS rank, '${source}' AS source, ${COLUMNS}, ${AVAILABLE}
  FROM cms_platform_page p
  JOIN cms_platform_page_translation t ON t.platform_id = p.platform_id AND t.page_id = p.id AND t.version = p.live_version
  WHERE p.platform_id = $1 AND p.kind = '${kind}' AND p.slug = $2 AND p.published_at <= $3`;

const bestFirst = `ORDER BY rank, array_position($4::text[], language) LIMIT 1`;

/** The marketing page that a platform's visitors see under a slug. */
export const MARKETING_PAGE: Statement = {
  name: 'cms_marketing_page',
  text: `SELECT * FROM (${platformPage('platform', 'platform', 0)}) AS page ${bestFirst}`,
};

/** The page that a store's visitors see under a slug: its own ($5 merchant, $6 store), else the platform's default. */
export const STORE_PAGE: Statement = {
  name: 'cms_store_page',
  text: `SELECT * FROM (
  SELECT 0 AS rank, 'store' AS source, ${COLUMNS}, ${AVAILABLE}
  FROM cms_store_page p
  JOIN cms_store_page_translation t
    ON t.merchant_id = p.merchant_id AND t.store_id = p.store_id AND t.platform_id = p.platform_id AND t.page_id = p.id AND t.version = p.live_version
  WHERE p.merchant_id = $5 AND p.store_id = $6 AND p.platform_id = $1 AND p.slug = $2 AND p.published_at <= $3
  UNION ALL ${platformPage('default', 'default', 1)}
) AS page ${bestFirst}`,
};

/** The languages a text is taken from, best first: asked for, the store's, the platform's, English, then any. */
export function languagePreference(ctx: TenantContext): Language[] {
  const wished = [ctx.language, ctx.store?.defaultLanguage, ctx.platform.defaultLanguage, 'en' as const];
  return [...new Set(wished.filter((language) => language !== undefined))];
}

/** The best of the languages at hand; undefined when there is none. */
export function pickLanguage(
  preference: readonly Language[],
  available: readonly Language[],
): Language | undefined {
  return preference.find((language) => available.includes(language)) ?? available[0];
}

/** The same languages in the house's order. */
export const inHouseOrder = (languages: readonly Language[]): Language[] =>
  LANGUAGES.filter((language) => languages.includes(language));
