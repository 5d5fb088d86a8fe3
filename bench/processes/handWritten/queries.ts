import type pg from 'pg';

export interface StoreRow {
  readonly id: string;
  readonly merchant_id: string;
  readonly platform_id: string;
  readonly name: string;
  readonly language: string;
  readonly languages: readonly string[];
}

export interface ThemeRow {
  readonly hash: string;
  readonly header: string;
  readonly fonts: readonly string[];
}

export interface PageRow {
  readonly template: string;
  readonly published_at: Date;
  readonly language: string;
  readonly title: string;
  readonly description: string;
  readonly body: readonly { readonly type: string }[];
  readonly seo: { readonly title?: string; readonly description?: string; readonly robots?: string };
}

export interface MenuRow {
  readonly slug: string;
  readonly placement: string;
  readonly title: string;
}

export async function findStore(pool: pg.Pool, host: string): Promise<StoreRow | undefined> {
  const { rows } = await pool.query<StoreRow>({
    name: 'store',
    text: 'select id, merchant_id, platform_id, name, language, languages from hand_store where host = $1',
    values: [host],
  });
  return rows[0];
}

export async function findTheme(pool: pg.Pool, store: StoreRow): Promise<ThemeRow> {
  const { rows } = await pool.query<ThemeRow>({
    name: 'theme',
    text: 'select hash, header, fonts from hand_theme where store_id = $1',
    values: [store.id],
  });
  return rows[0] as ThemeRow;
}

const COLUMNS = 't.language, t.title, t.description, t.body, t.seo, p.template, p.published_at';
const PAGE = `select * from (
  select 0 as rank, ${COLUMNS} from hand_store_page p
  join hand_store_page_translation t on t.store_id = p.store_id and t.platform_id = p.platform_id and t.page_id = p.id and t.version = p.live_version
  where p.store_id = $1 and p.platform_id = $2 and p.slug = $3 and p.published_at <= now()
  union all
  select 1, ${COLUMNS} from hand_platform_page p
  join hand_platform_page_translation t on t.platform_id = p.platform_id and t.page_id = p.id and t.version = p.live_version
  where p.platform_id = $2 and p.kind = 'default' and p.slug = $3 and p.published_at <= now()
) page order by rank, array_position($4::text[], language) limit 1`;

/** The store's own page, else the default. */
export async function findPage(
  pool: pg.Pool,
  { id, platform_id, language }: StoreRow,
  slug: string,
): Promise<PageRow | undefined> {
  const { rows } = await pool.query<PageRow>({
    name: 'page',
    text: PAGE,
    values: [id, platform_id, slug, [language, 'en']],
  });
  return rows[0];
}

const MENU = `with own as (
  select p.slug, p.placement, p.position, t.title from hand_store_page p
  cross join lateral (
    select x.title from hand_store_page_translation x
    where x.store_id = p.store_id and x.platform_id = p.platform_id and x.page_id = p.id and x.version = p.live_version
    order by array_position($3::text[], x.language) limit 1) t
  where p.store_id = $1 and p.platform_id = $2 and p.published_at <= now())
select slug, placement, title from (
  select * from own
  union all
  select p.slug, p.placement, p.position, t.title from hand_platform_page p
  cross join lateral (
    select x.title from hand_platform_page_translation x
    where x.platform_id = p.platform_id and x.page_id = p.id and x.version = p.live_version
    order by array_position($3::text[], x.language) limit 1) t
  where p.platform_id = $2 and p.kind = 'default' and p.published_at <= now() and not exists (select from own where own.slug = p.slug)
) page where placement <> 'none' order by position, slug`;

export async function findMenu(
  pool: pg.Pool,
  { id, platform_id, language }: StoreRow,
): Promise<readonly MenuRow[]> {
  const { rows } = await pool.query<MenuRow>({
    name: 'menu',
    text: MENU,
    values: [id, platform_id, [language, 'en']],
  });
  return rows;
}

/** Tables of its own, without row-level security, filled from the product's; run by a superuser. */
export const HAND_TABLES = `
  create table hand_store as
    select s.id, s.merchant_id, p.platform_id, s.name, s.default_language as language, s.languages, p.subdomain || '.' || o.domain as host
    from core_store s join core_store_platform p on p.store_id = s.id join core_platform o on o.id = p.platform_id;
  create unique index on hand_store (host);
  create table hand_theme (store_id uuid primary key, hash text not null, header text not null, fonts text[] not null);
  create table hand_store_page as select * from cms_store_page;
  create unique index on hand_store_page (store_id, platform_id, slug);
  create table hand_store_page_translation as select * from cms_store_page_translation;
  create unique index on hand_store_page_translation (store_id, platform_id, page_id, version, language);
  create table hand_platform_page as select * from cms_platform_page;
  create unique index on hand_platform_page (platform_id, kind, slug);
  create table hand_platform_page_translation as select * from cms_platform_page_translation;
  create unique index on hand_platform_page_translation (platform_id, page_id, version, language)`;
