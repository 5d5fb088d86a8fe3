import {
  oncePerContext,
  type Entitlements,
  type InTransaction,
  type TenantContext,
  type Transaction,
} from '@wizamart/core';
import { PageLimitReached } from '../errors.js';
import type { PageUsage } from '../types.js';

const COUNTS = {
  name: 'cms_count_store_pages',
  text: `
SELECT count(*)::int AS pages, (count(*) FILTER (WHERE d.id IS NULL))::int AS custom
FROM cms_store_page p
LEFT JOIN cms_platform_page d ON d.platform_id = p.platform_id AND d.kind = 'default' AND d.slug = p.slug AND d.live_version IS NOT NULL
WHERE p.merchant_id = $1 AND p.store_id = $2 AND p.platform_id = $3`,
};

interface Counts {
  /** The store's own pages, overrides and custom ones, drafts too. */
  readonly pages: number;
  /** Those of them that no published default stands behind. */
  readonly custom: number;
}

/**
 * How many pages a store may have by its merchant's tier: `cms_pages` in total, `cms_custom_pages` of its own making.
 *
 * Defaults never count. Beyond a limit nothing is taken away; only creating is refused.
 */
export class PageLimits {
  readonly #entitlements: Entitlements;
  readonly #counts = oncePerContext((ctx: InTransaction) => count(ctx, ctx.tx));

  constructor({ entitlements }: { readonly entitlements: Entitlements }) {
    this.#entitlements = entitlements;
  }

  /** What the meters show. */
  async usage(ctx: TenantContext, tx: Transaction): Promise<PageUsage> {
    const { pages, custom } = await count(ctx, tx);
    return {
      pages: { used: pages, limit: await this.#entitlements.limit(ctx, 'cms_pages') },
      customPages: { used: custom, limit: await this.#entitlements.limit(ctx, 'cms_custom_pages') },
    };
  }

  /** How many pages, or custom ones, the context's store has; for meters, which ask for both in one unit of work. */
  async countOf(ctx: InTransaction, counted: keyof Counts): Promise<number> {
    return (await this.#counts(ctx))[counted];
  }

  /**
   * Makes room for one more page of the store, or refuses. Creates wait for each other until their transactions end.
   *
   * @throws {PageLimitReached}
   */
  async claimPage(ctx: InTransaction): Promise<void> {
    await this.#claim(ctx, 'cms_pages', 'pages');
  }

  /**
   * Makes room for one more custom page beside the claim of a page.
   *
   * @throws {FeatureNotInTier | PageLimitReached}
   */
  async claimCustomPage(ctx: InTransaction): Promise<void> {
    await this.#entitlements.require(ctx, 'cms_custom_pages');
    await this.#claim(ctx, 'cms_custom_pages', 'custom');
  }

  async #claim(ctx: InTransaction, limit: string, counted: keyof Counts): Promise<void> {
    await this.#entitlements.claim(ctx, limit, async () => (await count(ctx, ctx.tx))[counted], {
      error: PageLimitReached,
    });
  }
}

async function count({ merchant, store, platform }: TenantContext, tx: Transaction): Promise<Counts> {
  const [row] = await tx.query<Counts>(COUNTS, [merchant?.id, store?.id, platform.id]);
  return row ?? { pages: 0, custom: 0 };
}
