import type { Database, PageCache, Statement, TenantContext } from '@wizamart/core';

type Kept = NonNullable<ReturnType<PageCache['get']>>;

const nextOf = (table: string, where: string): string => `
  SELECT least(CASE WHEN p.publish_at > $2 THEN p.publish_at END, CASE WHEN p.unpublish_at > $2 THEN p.unpublish_at END) AS at
  FROM ${table} p WHERE ${where}`;

const ON_PLATFORM: Statement = {
  name: 'cms_next_change_platform',
  text: `SELECT min(at) AS at FROM (${nextOf('cms_platform_page', `p.platform_id = $1 AND p.kind = 'platform'`)}) page`,
};

/** $3 merchant, $4 store. */
const ON_STORE: Statement = {
  name: 'cms_next_change_store',
  text: `SELECT min(at) AS at FROM (
  ${nextOf('cms_store_page', 'p.merchant_id = $3 AND p.store_id = $4 AND p.platform_id = $1')}
  UNION ALL ${nextOf('cms_platform_page', `p.platform_id = $1 AND p.kind = 'default'`)}) page`,
};

/**
 * When the next page of a site appears or goes by itself: no page of the site is kept in memory beyond that, since its
 * menus change too. Kept in memory itself, and dropped with the pages.
 */
export class NextChange {
  readonly #database: Database;
  readonly #cache: PageCache;
  readonly #parsed = new WeakMap<Kept, { readonly at: Date | undefined }>();

  constructor({ database, pageCache }: { readonly database: Database; readonly pageCache: PageCache }) {
    this.#database = database;
    this.#cache = pageCache;
  }

  /** At once where it is in memory; undefined: nothing is set. */
  of(ctx: TenantContext): Date | undefined | Promise<Date | undefined> {
    const key = ['cms next change', ctx.platform.id, ctx.store?.id ?? ''].join('\n');
    const kept = this.#cache.get(key);
    return kept ? this.#contentOf(kept) : this.#read(ctx, key);
  }

  async #read(ctx: TenantContext, key: string): Promise<Date | undefined> {
    const generation = this.#cache.generation();
    const values = [ctx.platform.id, ctx.now];
    const [row] = ctx.store
      ? await this.#database.read<{ at: Date | null }>(ctx, ON_STORE, [
          ...values,
          ctx.store.merchantId,
          ctx.store.id,
        ])
      : await this.#database.read<{ at: Date | null }>(ctx, ON_PLATFORM, values);
    const at = row?.at ?? undefined;
    this.#cache.put(key, { platformId: ctx.platform.id, storeId: ctx.store?.id ?? null }, generation, {
      body: Buffer.from(at?.toISOString() ?? ''),
      headers: {},
      etag: '',
      ...(at ? { expiresAt: at } : {}),
    });
    return at;
  }

  #contentOf(entry: Kept): Date | undefined {
    let known = this.#parsed.get(entry);
    if (!known) {
      const text = entry.body.toString('utf8');
      known = { at: text === '' ? undefined : new Date(text) };
      this.#parsed.set(entry, known);
    }
    return known.at;
  }
}
