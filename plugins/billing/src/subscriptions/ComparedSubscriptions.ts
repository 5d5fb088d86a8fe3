import type { Database, MerchantRecord, TenantContext } from '@wizamart/core';
import { asProvider, atMerchant } from '../asProvider.js';
import type { StripeSubscriptionStatus } from '../stripe/gatewayTypes.js';
import type { OurSide, OurSubscription } from '../stripe/reconciliation/OurSide.js';
import { readWhole } from './readWhole.js';
import type { SubscriptionStatus } from './Subscription.js';
import { subscriptionsHere } from './SubscriptionWriter.js';
import { paidNow } from './Wanted.js';

/** Statuses of Stripe's that agree with ours; free time after a pause is a trial to Stripe. */
const AGREEING: Readonly<Partial<Record<SubscriptionStatus, readonly StripeSubscriptionStatus[]>>> = {
  trialing: ['trialing'],
  active: ['active', 'trialing'],
  past_due: ['past_due', 'unpaid'],
  paused: ['paused'],
};

const PRICE =
  'SELECT price_id FROM billing_stripe_price WHERE platform_id = $1 AND version_id = $2 AND interval = $3';

/** Tells the comparison with Stripe what we have. */
export class ComparedSubscriptions {
  readonly #database: Database;

  constructor(deps: { readonly database: Database; readonly stripeOurSide: OurSide }) {
    this.#database = deps.database;
    deps.stripeOurSide.subscriptionsFrom((ctx) => this.all(ctx));
  }

  /** All live subscriptions of the platform that Stripe collects for. */
  async all(ctx: TenantContext): Promise<readonly OurSubscription[]> {
    const merchants = await this.#database.directory(ctx, ({ tx }) =>
      tx.query<MerchantRecord & object>(
        `SELECT m.id, m.display_name AS name FROM billing_subscription s JOIN core_merchant m ON m.id = s.merchant_id
         WHERE s.platform_id = $1 AND s.ended_at IS NULL AND s.stripe_subscription_id IS NOT NULL ORDER BY s.id`,
        [ctx.platform.id],
      ),
    );
    const found: OurSubscription[] = [];
    for (const merchant of merchants) {
      const ours = await this.#ofMerchant(ctx, merchant);
      if (ours) found.push(ours);
    }
    return found;
  }

  #ofMerchant(ctx: TenantContext, merchant: MerchantRecord): Promise<OurSubscription | undefined> {
    return this.#database.unit(asProvider(atMerchant(ctx, merchant)), async (inside) => {
      const row = await subscriptionsHere(inside)
        .whereNull('endedAt')
        .whereNotNull('stripeSubscriptionId')
        .first();
      if (!row?.stripeSubscriptionId) return undefined;
      const { pieces, interval } = paidNow(await readWhole(inside, row));
      const items: Record<string, number> = {};
      for (const { version, quantity } of pieces) {
        const [price] = await inside.tx.query<{ price_id: string }>(PRICE, [
          ctx.platform.id,
          version.id,
          interval,
        ]);
        if (price) items[price.price_id] = quantity;
      }
      return {
        merchantId: merchant.id,
        stripeId: row.stripeSubscriptionId,
        statuses: AGREEING[row.status] ?? [],
        periodEnd: row.periodEnd,
        cancelAtPeriodEnd: row.cancelAtPeriodEnd,
        items: Object.keys(items).length === pieces.length ? items : null,
      };
    });
  }
}
