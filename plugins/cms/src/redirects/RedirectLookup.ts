import type { Database, Statement, TenantContext } from '@wizamart/core';
import type { PublicPages } from '../services/PublicPages.js';
import { followRedirects } from './followRedirects.js';
import type { RedirectStatus } from './RedirectRow.js';

/** What visitors are told. */
export interface FoundRedirect {
  readonly target: string;
  readonly status: RedirectStatus;
}

const ON_PLATFORM: Statement = {
  name: 'cms_platform_redirect',
  text: `SELECT target, status FROM cms_platform_redirect WHERE platform_id = $1 AND kind = 'platform' AND source = $2`,
};

/** The store's own before the platform's for all its stores; $3 merchant, $4 store. */
const ON_STORE: Statement = {
  name: 'cms_store_redirect',
  text: `
SELECT target, status FROM (
  SELECT target, status, 0 AS rank FROM cms_store_redirect
  WHERE merchant_id = $3 AND store_id = $4 AND platform_id = $1 AND source = $2
  UNION ALL
  SELECT target, status, 1 FROM cms_platform_redirect WHERE platform_id = $1 AND kind = 'default' AND source = $2
) found ORDER BY rank LIMIT 1`,
};

/** Where visitors are sent from an address without a page. Asked only there, so that pages pay nothing for it. */
export class RedirectLookup {
  readonly #database: Database;
  readonly #pages: PublicPages;

  constructor({ database, publicPages }: { readonly database: Database; readonly publicPages: PublicPages }) {
    this.#database = database;
    this.#pages = publicPages;
  }

  /** @param path below the site's root, for example `/old-page` */
  find(ctx: TenantContext, path: string): Promise<FoundRedirect | undefined> {
    return followRedirects<FoundRedirect>(path, {
      at: async (path) => (await this.#at(ctx, path))[0],
      hasPage: async (path) =>
        (await this.#pages.find(ctx, path === '/' ? 'home' : path.slice(1))) !== undefined,
    });
  }

  #at(ctx: TenantContext, path: string): Promise<FoundRedirect[]> {
    const values = [ctx.platform.id, path];
    return ctx.store
      ? this.#database.read(ctx, ON_STORE, [...values, ctx.store.merchantId, ctx.store.id])
      : this.#database.read(ctx, ON_PLATFORM, values);
  }
}
