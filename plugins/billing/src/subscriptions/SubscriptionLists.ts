import type { Database, MerchantRecord, TenantContext } from '@wizamart/core';
import { SubscriptionNotFound } from './errors.js';
import type { Interval } from '../catalog/ProductVersion.js';
import type { ProductTexts } from '../catalog/texts/ProductTexts.js';
import { likeText } from '../likeText.js';
import type { SubscriptionStatus } from './Subscription.js';

/** A subscription in an administrator's list. */
export interface ListedSubscription {
  readonly id: string;
  readonly merchantId: string;
  readonly merchantName: string;
  readonly status: SubscriptionStatus;
  readonly tier: string;
  readonly tierName: string;
  readonly interval: Interval;
  readonly amountMinor: number | null;
  readonly currency: string;
  readonly collection: 'stripe' | 'none';
  readonly trialEndsAt: Date | null;
  readonly periodEnd: Date;
  readonly cancelAtPeriodEnd: boolean;
  readonly createdAt: Date;
}

export interface SubscriptionFilter {
  readonly page?: number;
  readonly perPage?: number;
  /** Part of the merchant's name. */
  readonly q?: string;
  readonly status?: SubscriptionStatus | undefined;
  readonly tier?: string | undefined;
  /** Left out: newest first. */
  readonly sort?: SubscriptionSort | undefined;
}

const ORDER = {
  merchant: 'lower(m.display_name), s.id',
  '-merchant': 'lower(m.display_name) DESC, s.id',
  periodEnd: 's.period_end, s.id',
  '-periodEnd': 's.period_end DESC, s.id',
  createdAt: 's.created_at, s.id',
  '-createdAt': 's.created_at DESC, s.id DESC',
} as const;
export type SubscriptionSort = keyof typeof ORDER;

/** How many subscriptions have a status, and what the active ones bring in a month. */
export interface SubscriptionCounts {
  readonly byStatus: Readonly<Partial<Record<SubscriptionStatus, number>>>;
  /** Net, per currency, in minor units: years as a twelfth, rounded once. */
  readonly monthly: readonly { readonly currency: string; readonly amountMinor: number }[];
}

const FROM = `FROM billing_subscription s
  JOIN core_merchant m ON m.id = s.merchant_id
  JOIN billing_product_version v ON v.platform_id = s.platform_id AND v.id = s.version_id
  WHERE s.platform_id = $1 AND ($2::text IS NULL OR s.status = $2) AND ($3::text IS NULL OR v.code = $3)
    AND ($4 = '' OR m.display_name ILIKE '%' || $4 || '%' OR m.legal_name ILIKE '%' || $4 || '%')`;
const OWNER = {
  name: 'billing_subscription_owner',
  text: `SELECT m.id, m.display_name AS name FROM billing_subscription s JOIN core_merchant m ON m.id = s.merchant_id
    WHERE s.platform_id = $1 AND s.id = $2`,
};
const AMOUNT = "CASE s.interval WHEN 'month' THEN v.monthly_minor ELSE v.yearly_minor END";

/** Subscriptions of a platform's merchants, for its administrators. */
export class SubscriptionLists {
  readonly #database: Database;
  readonly #texts: ProductTexts;

  constructor(deps: { readonly database: Database; readonly productTexts: ProductTexts }) {
    this.#database = deps.database;
    this.#texts = deps.productTexts;
  }

  async list(ctx: TenantContext, filter: SubscriptionFilter = {}) {
    const { page = 1, perPage = 20, q = '', status = null, tier = null, sort = '-createdAt' } = filter;
    const values = [ctx.platform.id, status, tier, likeText(q)];
    const names = await this.#texts.names(ctx);
    return this.#database.directory(ctx, async ({ tx }) => {
      const found = await tx.query<ListedSubscription & object>(
        `SELECT s.id, s.merchant_id AS "merchantId", m.display_name AS "merchantName", s.status, v.code AS tier, v.name AS "tierName",
           s.interval, ${AMOUNT} AS "amountMinor", v.currency, s.collection, s.trial_ends_at AS "trialEndsAt", s.period_end AS "periodEnd",
           s.cancel_at_period_end AS "cancelAtPeriodEnd", s.created_at AS "createdAt"
         ${FROM} ORDER BY ${ORDER[sort]} LIMIT $5 OFFSET $6`,
        [...values, perPage, (page - 1) * perPage],
      );
      const [count] = await tx.query<{ total: number }>(`SELECT count(*)::int AS total ${FROM}`, values);
      const items = found.map((item) => ({
        ...item,
        tierName: names.nameOf({ kind: 'tier', code: item.tier, name: item.tierName }),
      }));
      return { items, total: count?.total ?? 0, page, perPage };
    });
  }

  async counts(ctx: TenantContext): Promise<SubscriptionCounts> {
    const values = [ctx.platform.id, null, null, ''];
    return this.#database.directory(ctx, async ({ tx }) => {
      const counted = await tx.query<{ status: SubscriptionStatus; count: number }>(
        `SELECT s.status, count(*)::int AS count ${FROM} GROUP BY s.status`,
        values,
      );
      const monthly = await tx.query<{ currency: string; amountMinor: number }>(
        `SELECT v.currency, round(sum(CASE s.interval WHEN 'month' THEN v.monthly_minor ELSE v.yearly_minor / 12.0 END))::bigint AS "amountMinor"
         ${FROM} AND s.status IN ('active', 'past_due') AND s.collection = 'stripe' GROUP BY v.currency ORDER BY v.currency`,
        values,
      );
      return { byStatus: Object.fromEntries(counted.map(({ status, count }) => [status, count])), monthly };
    });
  }

  /** Whose a subscription of the platform is. @throws {SubscriptionNotFound} also for one of another platform */
  async merchantOf(ctx: TenantContext, id: string): Promise<MerchantRecord> {
    const [row] = await this.#database.readDirectory<MerchantRecord & object>(ctx, OWNER, [
      ctx.platform.id,
      id,
    ]);
    if (!row) throw new SubscriptionNotFound({ subscription: id });
    return row;
  }
}
