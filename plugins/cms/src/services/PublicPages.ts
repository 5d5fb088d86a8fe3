import type { Database, TenantContext } from '@wizamart/core';
import type { PublicPage } from '../types.js';
import type { JournalKind } from './PageJournal.js';
import {
  inHouseOrder,
  languagePreference,
  MARKETING_PAGE,
  type ResolvedRow,
  SHOWN_DEFAULT,
  STORE_PAGE,
} from './resolution.js';

/**
 * What visitors see under a slug.
 *
 * On a store's host: the store's own page, else the platform's default; a marketing page never. On a platform's
 * host its marketing page and nothing else. Only what is published at `ctx.now`. One statement per page.
 */
export class PublicPages {
  readonly #database: Database;

  constructor({ database }: { readonly database: Database }) {
    this.#database = database;
  }

  /** The page in the best language there is, or undefined where visitors see none. */
  async find(ctx: TenantContext, slug: string): Promise<PublicPage | undefined> {
    const values = [ctx.platform.id, slug, ctx.now, languagePreference(ctx)];
    const [row] = ctx.store
      ? await this.#database.read<ResolvedRow>(ctx, STORE_PAGE, [
          ...values,
          ctx.store.merchantId,
          ctx.store.id,
        ])
      : await this.#database.read<ResolvedRow>(ctx, MARKETING_PAGE, values);
    return row && publicPage(slug, row);
  }

  /** Whether visitors find a page under a slug: of a site, or (`default`) of those stores that have none of their own. */
  async shows(ctx: TenantContext, kind: JournalKind, slug: string): Promise<boolean> {
    if (kind !== 'default') return (await this.find(ctx, slug)) !== undefined;
    return (await this.#database.read(ctx, SHOWN_DEFAULT, [ctx.platform.id, slug, ctx.now])).length > 0;
  }
}

function publicPage(slug: string, row: ResolvedRow): PublicPage {
  return {
    slug,
    source: row.source,
    template: row.template,
    language: row.language,
    languages: inHouseOrder(row.languages),
    title: row.title,
    description: row.description,
    body: row.body,
    seo: row.seo,
    publishedAt: row.published_at,
  };
}
