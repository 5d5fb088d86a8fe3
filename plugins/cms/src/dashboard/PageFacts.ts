import {
  oncePerContext,
  type Database,
  type InTransaction,
  type Statement,
  type TenantContext,
} from '@wizamart/core';

const FACTS: Statement = {
  name: 'cms_dashboard_facts',
  text: `SELECT count(*) FILTER (WHERE live_version IS NOT NULL)::int AS live, count(*) FILTER (WHERE draft_version IS NOT NULL)::int AS drafts,
    count(*) FILTER (WHERE live_version IS NOT NULL AND slug IN ('home', 'about'))::int AS told,
    (SELECT count(*)::int FROM cms_store_media WHERE merchant_id = $1 AND store_id = $2 AND platform_id = $3 AND kind = 'image') AS pictures
  FROM cms_store_page WHERE merchant_id = $1 AND store_id = $2 AND platform_id = $3`,
};
const RECENT: Statement = {
  name: 'cms_dashboard_recent',
  text: `SELECT p.id, p.slug, t.title, p.updated_at AS "updatedAt", p.draft_version IS NOT NULL AS "hasDraft", p.publish_at AS "publishAt"
  FROM cms_store_page p
  JOIN LATERAL (SELECT title FROM cms_store_page_translation t WHERE t.merchant_id = p.merchant_id AND t.store_id = p.store_id AND t.page_id = p.id
    AND t.version = coalesce(p.draft_version, p.live_version) ORDER BY t.language = $4 DESC, t.language = $5 DESC, t.language LIMIT 1) t ON true
  WHERE p.merchant_id = $1 AND p.store_id = $2 AND p.platform_id = $3 ORDER BY p.updated_at DESC LIMIT 5`,
};

interface Facts {
  /** Own pages that visitors see. */
  readonly live: number;
  /** Pages with changes that nobody has published. */
  readonly drafts: number;
  /** Home and about page of its own, live: 0 to 2. */
  readonly told: number;
  readonly pictures: number;
}

export interface RecentPage {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly updatedAt: Date;
  readonly hasDraft: boolean;
  readonly publishAt: Date | null;
}

/** What a store's dashboard tells about its pages. */
export class PageFacts {
  readonly #database: Database;

  constructor({ database }: { readonly database: Database }) {
    this.#database = database;
  }

  /** Once for a request: several parts of its dashboard tell of them. */
  readonly facts = oncePerContext((ctx: TenantContext): Promise<Facts> =>
    this.#database.unit(ctx, async (inside) => {
      const [row] = await inside.tx.query<Facts & object>(FACTS, owner(inside));
      return row ?? { live: 0, drafts: 0, told: 0, pictures: 0 };
    }),
  );

  recent(ctx: TenantContext): Promise<readonly RecentPage[]> {
    return this.#database.unit(ctx, (inside) =>
      inside.tx.query<RecentPage & object>(RECENT, [
        ...owner(inside),
        ctx.language,
        (ctx.store ?? ctx.platform).defaultLanguage,
      ]),
    );
  }
}

const owner = ({ merchant, store, platform }: InTransaction): unknown[] => [
  merchant?.id ?? null,
  store?.id ?? null,
  platform.id,
];
