import type {
  Database,
  Language,
  PageCache,
  SiteLink,
  SiteNavigation,
  Statement,
  TenantContext,
} from '@wizamart/core';
import { ownMenu } from '../menus/ownMenu.js';
import type { MenuItem, MenuPlace } from '../menus/types.js';
import { effective } from '../schedule/effective.js';
import type { NextChange } from '../schedule/NextChange.js';
import { languagePreference } from './resolution.js';

/** An entry of the page cache. */
type Kept = NonNullable<ReturnType<PageCache['get']>>;

/** A page that may stand in a menu, or (with `place`) a menu that somebody edited. */
interface LinkRow {
  readonly id: string;
  readonly twin: string | null;
  readonly slug: string;
  readonly placement: 'header' | 'footer' | 'none';
  readonly title: string;
  readonly place: MenuPlace | null;
  readonly items: readonly MenuItem[] | null;
}

/** $2 now. */
const SEEN = effective('$2');

const title = (table: string, owner: string): string => `
  CROSS JOIN LATERAL (
    SELECT x.title FROM ${table} x WHERE ${owner} AND x.page_id = p.id AND x.version = ${SEEN.version}
    ORDER BY array_position($3::text[], x.language), x.language LIMIT 1) t`;

const platformLinks = (kind: string): string => `
  SELECT p.id, NULL::uuid AS twin, p.slug, p.placement, p.position, t.title
  FROM cms_platform_page p ${title('cms_platform_page_translation', 'x.platform_id = p.platform_id')}
  WHERE p.platform_id = $1 AND p.kind = '${kind}' AND ${SEEN.isLive}`;

/** Pages that are placed in a menu (all, where there is an edited menu to choose from), and the edited menus. */
const links = (pages: string, isEvery = false): string => `
SELECT id, twin, slug, placement, position, title, NULL AS place, NULL::jsonb AS items FROM (${pages}) page
WHERE ${isEvery ? 'true' : "placement <> 'none' OR EXISTS (SELECT FROM menu)"}
UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, place, items FROM menu
ORDER BY position, slug`;

const marketingLinks = (name: string, isEvery: boolean): Statement => ({
  name,
  text: `WITH menu AS (SELECT place, items FROM cms_platform_menu WHERE platform_id = $1) ${links(platformLinks('platform'), isEvery)}`,
});
const MARKETING_LINKS = marketingLinks('cms_marketing_links', false);
const EVERY_MARKETING_LINK = marketingLinks('cms_every_marketing_link', true);

/** A store's own pages before the defaults of the same slug, also where its own is in no menu; $4 merchant, $5 store. */
const storeLinks = (name: string, isEvery: boolean): Statement => ({
  name,
  text: `
WITH menu AS (SELECT place, items FROM cms_store_menu WHERE merchant_id = $4 AND store_id = $5 AND platform_id = $1),
own AS (
  SELECT p.id, d.id AS twin, p.slug, p.placement, p.position, t.title
  FROM cms_store_page p
  LEFT JOIN cms_platform_page d ON d.platform_id = p.platform_id AND d.kind = 'default' AND d.slug = p.slug
  ${title('cms_store_page_translation', 'x.merchant_id = p.merchant_id AND x.store_id = p.store_id AND x.platform_id = p.platform_id')}
  WHERE p.merchant_id = $4 AND p.store_id = $5 AND p.platform_id = $1 AND ${SEEN.isLive})
${links(
  `
  SELECT * FROM own
  UNION ALL (SELECT d.* FROM (${platformLinks('default')}) d WHERE NOT EXISTS (SELECT FROM own WHERE own.slug = d.slug))`,
  isEvery,
)}`,
});
const STORE_LINKS = storeLinks('cms_store_links', false);
const EVERY_STORE_LINK = storeLinks('cms_every_store_link', true);

/** A menu as somebody is typing it. */
export interface MenuDraft {
  readonly place: MenuPlace;
  readonly items: readonly MenuItem[];
}

/**
 * Where the header and the footer of a site lead: as somebody arranged it, else to the pages that are placed there.
 *
 * Kept in memory per tenant and language beside the pages themselves, and dropped with them.
 */
export class PageMenu {
  readonly #database: Database;
  readonly #cache: PageCache;
  /** What a cache entry holds, parsed once. */
  readonly #parsed = new WeakMap<Kept, SiteNavigation>();

  readonly #next: NextChange;
  /** By the links of the one page that shows it: contexts are copied on their way. */
  readonly #drafts = new WeakMap<TenantContext['links'], MenuDraft>();

  constructor({
    database,
    pageCache,
    nextChange,
  }: {
    readonly database: Database;
    readonly pageCache: PageCache;
    readonly nextChange: NextChange;
  }) {
    this.#database = database;
    this.#cache = pageCache;
    this.#next = nextChange;
  }

  /** Shows a draft to the visitor `site` of a preview, and to nobody else. */
  preview(site: TenantContext, draft: MenuDraft): void {
    this.#drafts.set(site.links, draft);
  }

  /** At once where it is in memory. */
  of(ctx: TenantContext): SiteNavigation | Promise<SiteNavigation> {
    const draft = this.#drafts.get(ctx.links);
    if (draft) return this.#load(ctx, draft);
    const key = menuKey(ctx);
    const kept = this.#cache.get(key);
    return kept ? this.#contentOf(kept) : this.#read(ctx, key);
  }

  async #read(ctx: TenantContext, key: string): Promise<SiteNavigation> {
    const generation = this.#cache.generation();
    const navigation = await this.#load(ctx);
    const expiresAt = await this.#next.of(ctx);
    const scope = { platformId: ctx.platform.id, storeId: ctx.store?.id ?? null };
    this.#cache.put(key, scope, generation, {
      body: Buffer.from(JSON.stringify(navigation)),
      headers: {},
      etag: '',
      ...(expiresAt ? { expiresAt } : {}),
    });
    return navigation;
  }

  async #load(ctx: TenantContext, draft?: MenuDraft): Promise<SiteNavigation> {
    const values = [ctx.platform.id, ctx.now, languagePreference(ctx)];
    const rows = ctx.store
      ? await this.#database.read<LinkRow>(ctx, draft ? EVERY_STORE_LINK : STORE_LINKS, [
          ...values,
          ctx.store.merchantId,
          ctx.store.id,
        ])
      : await this.#database.read<LinkRow>(ctx, draft ? EVERY_MARKETING_LINK : MARKETING_LINKS, values);
    return navigationOf(rows, languagePreference(ctx), draft);
  }

  #contentOf(entry: Kept): SiteNavigation {
    const known = this.#parsed.get(entry);
    if (known) return known;
    const navigation = JSON.parse(entry.body.toString('utf8')) as SiteNavigation;
    this.#parsed.set(entry, navigation);
    return navigation;
  }
}

function navigationOf(
  rows: readonly LinkRow[],
  languages: readonly Language[],
  draft?: MenuDraft,
): SiteNavigation {
  const pages = rows.filter((row) => row.place === null).map((row) => ({ ...row, path: pathOf(row.slug) }));
  const linksAt = (place: MenuPlace): readonly SiteLink[] => {
    const own = draft?.place === place ? draft.items : rows.find((row) => row.place === place)?.items;
    if (own) return ownMenu(own, pages, languages);
    return pages
      .filter(({ placement }) => placement === place)
      .map(({ title, path }) => ({ label: title, path }));
  };
  return { header: linksAt('header'), footer: linksAt('footer') };
}

/** The page with the slug `home` is a site's start page. */
export const pathOf = (slug: string): string => (slug === 'home' ? '/' : `/${slug}`);

/** No page has such a key: theirs begin with the platform's id. */
const menuKey = (ctx: TenantContext): string =>
  ['cms menu', ctx.platform.id, ctx.store?.id ?? '', ctx.language].join('\n');
