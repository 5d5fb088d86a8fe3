import { type Language, LANGUAGES, type Statement, type TenantContext } from '@wizamart/core';
import type { Body } from '../blocks/schemas.js';
import { effective } from '../schedule/effective.js';
import type { PageTemplate, PublicPage, Seo } from '../types.js';
import { KeptJson } from './KeptJson.js';

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

const SEEN = effective('$3');
/** What of a page counts, before its texts are looked for; $1 platform, $2 slug, $3 now. */
const PAGE = `p.id, ${SEEN.version} AS version, p.template, ${SEEN.publishedAt} AS published_at`;
const TEXT = 't.language, t.title, t.description, t.body, t.seo';
/** The same as text: it is what the database sends in any case. */
const CHOSEN = 't.language, t.title, t.description, t.body::text, t.seo::text';
/** About 4 MB, or the pages of a few hundred sites that are read just now. */
const kept = new KeptJson(4_000_000);

const readRow: NonNullable<Statement['mapRow']> = (row) => {
  row['body'] = kept.parse(row['body'] as string);
  row['seo'] = kept.parse(row['seo'] as string);
  return row;
};

const platformPage = (kind: string): string => `
  FROM cms_platform_page p
  WHERE p.platform_id = $1 AND p.kind = '${kind}' AND p.slug = $2 AND ${SEEN.isLive}`;

const platformTexts = `
  FROM cms_platform_page_translation t
  WHERE t.platform_id = $1 AND t.page_id = page.id AND t.version = page.version`;

/** First one page, then its texts, then the best of them; $4 languages in order of preference. */
const best = (page: string, texts: string): string => `
SELECT page.source, page.template, page.published_at, ${CHOSEN}, array_agg(t.language) OVER () AS languages
FROM (${page}) page
CROSS JOIN LATERAL (${texts}) t
ORDER BY array_position($4::text[], t.language), t.language LIMIT 1`;

/** The marketing page that a platform's visitors see under a slug. */
export const MARKETING_PAGE: Statement = {
  name: 'cms_marketing_page',
  mapRow: readRow,
  text: best(
    `SELECT 'platform' AS source, ${PAGE} ${platformPage('platform')}`,
    `SELECT ${TEXT} ${platformTexts}`,
  ),
};

/** The page that a store's visitors see under a slug: its own ($5 merchant, $6 store), else the platform's default. */
export const STORE_PAGE: Statement = {
  name: 'cms_store_page',
  mapRow: readRow,
  text: best(
    `
  SELECT 'store' AS source, ${PAGE}, 0 AS rank
  FROM cms_store_page p
  WHERE p.merchant_id = $5 AND p.store_id = $6 AND p.platform_id = $1 AND p.slug = $2 AND ${SEEN.isLive}
  UNION ALL
  SELECT 'default', ${PAGE}, 1 ${platformPage('default')}
  ORDER BY rank LIMIT 1`,
    `
  SELECT ${TEXT}
  FROM cms_store_page_translation t
  WHERE page.source = 'store' AND t.merchant_id = $5 AND t.store_id = $6 AND t.platform_id = $1 AND t.page_id = page.id AND t.version = page.version
  UNION ALL
  SELECT ${TEXT} ${platformTexts} AND page.source = 'default'`,
  ),
};

/** Whether stores without a page of their own show a default under a slug. */
export const SHOWN_DEFAULT: Statement = {
  name: 'cms_shown_default',
  text: `SELECT 1 ${platformPage('default')}`,
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
