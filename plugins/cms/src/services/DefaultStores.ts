import type { Database, Statement, TenantContext } from '@wizamart/core';
import { PageNotFound } from '../errors.js';
import type { TranslationRow } from '../models/PageRow.js';
import { compareTexts } from '../revisions/diff/compareTexts.js';
import type { LanguageDiff } from '../revisions/diff/types.js';
import type { PageDetail, PageList } from '../types.js';
import type { Editings } from './Editings.js';
import type { PlatformPages } from './PlatformPages.js';
import { translationsOf } from './PageVersions.js';

/** What a store shows under the slug of a default. */
export const DEFAULT_SHOWN = ['default', 'own'] as const;
export type DefaultShown = (typeof DEFAULT_SHOWN)[number];

/** A store of the platform as the page of a default lists it. */
export interface DefaultStore {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly shows: DefaultShown;
  /** When its own page went live; null where it shows the default. */
  readonly publishedAt: Date | null;
  /** The default has changed since it was copied. */
  readonly isBehind: boolean;
}

export interface DefaultStoresInput {
  readonly shows?: DefaultShown | undefined;
  readonly q: string;
  readonly page: number;
  readonly perPage: number;
}

/** $1 platform, $2 slug, $3 shown, $4 search, $5 id and $6 version of the default, $7 limit, $8 offset. */
const STORES: Statement = {
  name: 'cms_default_stores',
  text: `
WITH found AS (
  SELECT s.id, s.code, s.name, CASE WHEN p.id IS NULL THEN 'default' ELSE 'own' END AS shows, p.published_at AS "publishedAt",
    coalesce(p.based_on_id = $5 AND p.based_on_version < $6, false) AS "isBehind"
  FROM core_store_platform sp JOIN core_store s ON s.id = sp.store_id AND s.merchant_id = sp.merchant_id
  LEFT JOIN cms_store_page p ON p.store_id = sp.store_id AND p.platform_id = sp.platform_id AND p.slug = $2 AND p.live_version IS NOT NULL
  WHERE sp.platform_id = $1 AND sp.is_active AND ($4::text IS NULL OR s.name ILIKE $4 OR s.code ILIKE $4))
SELECT page.*, whole.total
FROM (SELECT count(*)::int AS total FROM found WHERE $3::text IS NULL OR shows = $3) whole
LEFT JOIN LATERAL (
  SELECT * FROM found WHERE $3::text IS NULL OR shows = $3 ORDER BY name, code LIMIT $7 OFFSET $8) page ON true
ORDER BY page.name, page.code`,
};

/** What visitors of one store see of its own page. */
const LIVE_TEXTS: Statement = {
  name: 'cms_default_store_texts',
  text: `
SELECT s.name AS store, t.language, t.title, t.description, t.body, t.seo
FROM cms_store_page p
JOIN core_store s ON s.id = p.store_id
JOIN cms_store_page_translation t ON t.store_id = p.store_id AND t.platform_id = p.platform_id AND t.page_id = p.id AND t.version = p.live_version
WHERE p.platform_id = $1 AND p.slug = $2 AND p.store_id = $3`,
};

/** Which stores show a default, and which a published page of their own instead. Drafts of stores are theirs. */
export class DefaultStores {
  readonly #database: Database;
  readonly #pages: PlatformPages;
  readonly #editings: Editings;

  constructor({
    database,
    platformPages,
    editings,
  }: {
    readonly database: Database;
    readonly platformPages: PlatformPages;
    readonly editings: Editings;
  }) {
    this.#database = database;
    this.#pages = platformPages;
    this.#editings = editings;
  }

  /** Active stores of the platform, by name. @throws {PageNotFound} */
  async list(
    ctx: TenantContext,
    id: string,
    { shows, q, page, perPage }: DefaultStoresInput,
  ): Promise<PageList<DefaultStore> & { readonly standard: PageDetail }> {
    const standard = await this.#pages.get(ctx, 'default', id);
    const live = await this.#liveVersion(ctx, id);
    const pattern = q === '' ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    const rows = await this.#database.directory(ctx, ({ tx }) =>
      tx.query<Omit<DefaultStore, 'id'> & { id: string | null; total: number }>(STORES, [
        ctx.platform.id,
        standard.slug,
        shows ?? null,
        pattern,
        id,
        live ?? 0,
        perPage,
        (page - 1) * perPage,
      ]),
    );
    return {
      standard,
      items: rows.flatMap(({ total: _total, ...row }) => (row.id === null ? [] : [{ ...row, id: row.id }])),
      total: rows[0]?.total ?? 0,
      page,
      perPage,
    };
  }

  /** How the published page of a store differs from the published default. @throws {PageNotFound} */
  async compare(
    ctx: TenantContext,
    id: string,
    storeId: string,
  ): Promise<{
    readonly standard: PageDetail;
    readonly store: string;
    readonly languages: readonly LanguageDiff[];
  }> {
    const standard = await this.#pages.get(ctx, 'default', id);
    const live = await this.#liveVersion(ctx, id);
    const rows = await this.#database.directory(ctx, ({ tx }) =>
      tx.query<TranslationRow & { store: string } & Record<string, unknown>>(LIVE_TEXTS, [
        ctx.platform.id,
        standard.slug,
        storeId,
      ]),
    );
    const [first] = rows;
    if (!first || live === null) throw new PageNotFound({ page: storeId });
    const before = await this.#database.unit(ctx, async (ctx) => {
      const { tables, versions } = this.#editings.default;
      const page = await tables.find(ctx, { id });
      if (!page) throw new PageNotFound({ page: id });
      return versions.of(ctx, page, live);
    });
    return { standard, store: first.store, languages: compareTexts(before, translationsOf(rows)) };
  }

  #liveVersion(ctx: TenantContext, id: string): Promise<number | null> {
    return this.#database.unit(ctx, async (ctx) => {
      const page = await this.#editings.default.tables.find(ctx, { id });
      return page?.liveVersion ?? null;
    });
  }
}
