import type { Database, InTransaction, TenantContext } from '@wizamart/core';
import { languagePreference } from '../services/resolution.js';
import type { MenuPageChoice } from './types.js';

interface ChoiceRow {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly is_live: boolean;
  readonly placement: string;
  readonly position: number;
}

const title = (table: string, owner: string): string => `
  CROSS JOIN LATERAL (
    SELECT x.title FROM ${table} x WHERE ${owner} AND x.page_id = p.id AND x.version = coalesce(p.live_version, p.draft_version)
    ORDER BY array_position($2::text[], x.language), x.language LIMIT 1) t`;
const COLUMNS = 'p.id, p.slug, t.title, p.live_version IS NOT NULL AS is_live, p.placement, p.position';

const ofPlatform = (kind: string): string => `
  SELECT ${COLUMNS} FROM cms_platform_page p ${title('cms_platform_page_translation', 'x.platform_id = p.platform_id')}
  WHERE p.platform_id = $1 AND p.kind = '${kind}'`;

const PLATFORM = { name: 'cms_menu_pages', text: `${ofPlatform('platform')} ORDER BY position, slug` };
/** A store's own pages, and the published defaults it has none for; $3 merchant, $4 store. */
const STORE = {
  name: 'cms_store_menu_pages',
  text: `
WITH own AS (
  SELECT ${COLUMNS} FROM cms_store_page p
  ${title('cms_store_page_translation', 'x.merchant_id = p.merchant_id AND x.store_id = p.store_id AND x.platform_id = p.platform_id')}
  WHERE p.merchant_id = $3 AND p.store_id = $4 AND p.platform_id = $1)
SELECT * FROM own
UNION ALL SELECT d.* FROM (${ofPlatform('default')} AND p.live_version IS NOT NULL) d
  WHERE NOT EXISTS (SELECT FROM own WHERE own.slug = d.slug AND own.is_live)
ORDER BY position, slug`,
};

/** A page that a menu may lead to, with where it stands by itself. */
export type PlacedChoice = MenuPageChoice & { readonly placement: string };

/** The pages that a menu of the site may lead to, in the order in which they stand in automatic menus. */
export async function menuPages(ctx: InTransaction): Promise<readonly PlacedChoice[]> {
  const { platform, store } = ctx;
  const values = [platform.id, languagePreference(ctx)];
  const rows = store
    ? await ctx.tx.query<ChoiceRow & Record<string, unknown>>(STORE, [...values, store.merchantId, store.id])
    : await ctx.tx.query<ChoiceRow & Record<string, unknown>>(PLATFORM, values);
  return rows.map(({ id, slug, title, is_live, placement }) => ({
    id,
    slug,
    title,
    isLive: is_live,
    placement,
  }));
}

/** As `menuPages`, for the editor. */
export const menuPageChoices = (database: Database, ctx: TenantContext): Promise<readonly PlacedChoice[]> =>
  database.unit(ctx, menuPages);
