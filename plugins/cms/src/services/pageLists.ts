import type { Language, Statement, Transaction } from '@wizamart/core';
import type { PageListInput, PageSort } from '../input/listInput.js';
import { inHouseOrder } from './resolution.js';
import type {
  PageList,
  PageSource,
  PageSummary,
  PageTemplate,
  Placement,
  StorePageSummary,
} from '../types.js';

const SORT_COLUMNS: Readonly<Record<string, string>> = {
  slug: 'slug',
  title: 'title',
  updatedAt: 'updated_at',
  position: 'position',
};

const EDITED = 'coalesce(p.draft_version, p.live_version)';

/** Title and languages of one version of each page; $2 languages in order of preference, $3 pattern of the search. */
const texts = (table: string, owner: string, version: string): string => `
  CROSS JOIN LATERAL (
    SELECT (array_agg(x.title ORDER BY array_position($2::text[], x.language)))[1] AS title, array_agg(x.language) AS languages,
      bool_or(x.title ILIKE $3) AS title_matches
    FROM ${table} x WHERE ${owner} AND x.page_id = p.id AND x.version = ${version}) t`;

const COLUMNS = `p.id, p.slug, p.template, p.placement, p.position, p.live_version, p.draft_version, p.published_at, p.publish_at, p.unpublish_at, p.created_at,
  p.updated_at, t.title, t.languages, t.title_matches`;

const platformPages = (source: string, version: string, where: string): string => `
  SELECT ${COLUMNS}, ${source} AS source, false AS default_changed
  FROM cms_platform_page p ${texts('cms_platform_page_translation', 'x.platform_id = p.platform_id', version)}
  WHERE p.platform_id = $1 AND ${where}`;

const PLATFORM_LIST = platformPages('NULL::text', EDITED, 'p.kind = $7');

/** A store's own pages and the published defaults it has none for; $7 merchant, $8 store, $9 source. */
const STORE_LIST = `
  SELECT ${COLUMNS}, CASE WHEN d.id IS NULL THEN 'custom' ELSE 'override' END AS source,
    coalesce(d.id = p.based_on_id AND d.live_version > p.based_on_version, false) AS default_changed
  FROM cms_store_page p
  LEFT JOIN cms_platform_page d ON d.platform_id = p.platform_id AND d.kind = 'default' AND d.slug = p.slug AND d.live_version IS NOT NULL
  ${texts('cms_store_page_translation', 'x.merchant_id = p.merchant_id AND x.store_id = p.store_id AND x.platform_id = p.platform_id', EDITED)}
  WHERE p.merchant_id = $7 AND p.store_id = $8 AND p.platform_id = $1
  UNION ALL ${platformPages(
    `'default'`,
    'p.live_version',
    `p.kind = 'default' AND p.live_version IS NOT NULL AND NOT EXISTS (
    SELECT FROM cms_store_page own
    WHERE own.merchant_id = $7 AND own.store_id = $8 AND own.platform_id = $1 AND own.slug = p.slug)`,
  )}`;

function statement(name: string, found: string, sort: PageSort, more = 'true'): Statement {
  const column = SORT_COLUMNS[sort.replace('-', '')] ?? 'slug';
  const order = `${column}${sort.startsWith('-') ? ' DESC' : ''}, slug, id`;
  return {
    name: `${name}_${column}_${sort.startsWith('-') ? 'desc' : 'asc'}`,
    text: `
WITH every AS (${found}), found AS (
  SELECT * FROM every
  WHERE ($3::text IS NULL OR slug ILIKE $3 OR title_matches) AND ($4::text IS NULL OR (live_version IS NOT NULL) = ($4 = 'published')) AND ${more})
SELECT page.*, whole.total
FROM (SELECT count(*)::int AS total FROM found) whole
LEFT JOIN LATERAL (SELECT * FROM found ORDER BY ${order} LIMIT $5 OFFSET $6) page ON true
ORDER BY ${order}`,
  };
}

interface ListedRow {
  readonly total: number;
  /** Null where the page of the list is empty. */
  readonly id: string | null;
  readonly slug: string;
  readonly template: PageTemplate;
  readonly placement: Placement;
  readonly position: number;
  readonly live_version: number | null;
  readonly draft_version: number | null;
  readonly published_at: Date | null;
  readonly publish_at: Date | null;
  readonly unpublish_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly title: string;
  readonly languages: readonly Language[];
  readonly source: PageSource;
  readonly default_changed: boolean;
}

interface ListOwner {
  readonly platformId: string;
  readonly languages: readonly Language[];
}

/** One page of the list of a platform's pages of one kind. */
export async function listPlatformPages(
  tx: Transaction,
  owner: ListOwner,
  kind: string,
  input: PageListInput,
): Promise<PageList<PageSummary>> {
  const rows = await tx.query<ListedRow>(statement('cms_list_platform', PLATFORM_LIST, input.sort), [
    ...commonValues(owner, input),
    kind,
  ]);
  return pageOf(rows, input, summaryOf);
}

/** One page of the list of what a store shows and drafts. */
export async function listStorePages(
  tx: Transaction,
  owner: ListOwner & { readonly merchantId: string; readonly storeId: string },
  input: PageListInput & { readonly source?: PageSource | undefined },
): Promise<PageList<StorePageSummary>> {
  const values = [...commonValues(owner, input), owner.merchantId, owner.storeId, input.source ?? null];
  const rows = await tx.query<ListedRow>(
    statement('cms_list_store', STORE_LIST, input.sort, '($9::text IS NULL OR source = $9)'),
    values,
  );
  return pageOf(rows, input, (row) => ({
    ...summaryOf(row),
    source: row.source,
    defaultChanged: row.default_changed,
  }));
}

function commonValues(
  { platformId, languages }: ListOwner,
  { q, status, page, perPage }: PageListInput,
): unknown[] {
  const pattern = q === '' ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  return [platformId, languages, pattern, status ?? null, perPage, (page - 1) * perPage];
}

function pageOf<Item>(
  rows: readonly ListedRow[],
  { page, perPage }: PageListInput,
  itemOf: (row: ListedRow) => Item,
): PageList<Item> {
  return {
    items: rows.filter((row) => row.id !== null).map(itemOf),
    total: rows[0]?.total ?? 0,
    page,
    perPage,
  };
}

function summaryOf(row: ListedRow): PageSummary {
  return {
    id: row.id ?? '',
    slug: row.slug,
    template: row.template,
    placement: row.placement,
    position: row.position,
    status: row.live_version === null ? 'draft' : 'published',
    // A default of the platform is shown to stores as it is published: what its admins draft is theirs.
    hasDraft: row.draft_version !== null && row.source !== 'default',
    title: row.title,
    languages: inHouseOrder(row.languages),
    publishedAt: row.published_at,
    // What is planned for a default is its admins' business, too.
    publishAt: row.source === 'default' ? null : row.publish_at,
    unpublishAt: row.source === 'default' ? null : row.unpublish_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
