import type { Database, MerchantRecord, TenantContext } from '@wizamart/core';
import { asProvider, atMerchant } from '../asProvider.js';
import type { Catalogue } from '../catalog/Catalogue.js';
import type { Interval } from '../catalog/ProductVersion.js';
import { addDays, periodAt } from '../subscriptions/calendar.js';
import { subscriptionsHere, type SubscriptionWriter } from '../subscriptions/SubscriptionWriter.js';

/** How the demo merchants stand, so that every page has something to show. Nothing is collected from them. */
const DEMO: readonly {
  readonly platform: string;
  readonly merchant: string;
  readonly status: 'active' | 'trialing';
  readonly interval: Interval;
  /** Days since it began, or days of the trial that are left. */
  readonly days: number;
  readonly addOn?: { readonly code: string; readonly quantity: number };
}[] = [
  {
    platform: 'oms',
    merchant: 'Acme',
    status: 'active',
    interval: 'month',
    days: 100,
    addOn: { code: 'extra-pages', quantity: 1 },
  },
  { platform: 'oms', merchant: 'TechPro', status: 'active', interval: 'year', days: 40 },
  { platform: 'oms', merchant: 'Bäckerei Weber', status: 'trialing', interval: 'month', days: 6 },
  { platform: 'loyalty', merchant: 'Acme', status: 'trialing', interval: 'month', days: 20 },
  { platform: 'loyalty', merchant: 'Bäckerei Weber', status: 'active', interval: 'month', days: 61 },
];

/** Subscriptions of the demo merchants, on the tiers they were given. */
export class DemoSubscriptions {
  readonly #database: Database;
  readonly #catalogue: Catalogue;
  readonly #writer: SubscriptionWriter;

  constructor(deps: {
    readonly database: Database;
    readonly catalogue: Catalogue;
    readonly subscriptionWriter: SubscriptionWriter;
  }) {
    this.#database = deps.database;
    this.#catalogue = deps.catalogue;
    this.#writer = deps.subscriptionWriter;
  }

  /** May be run any number of times: a merchant that has a subscription keeps it. */
  async fill(ctx: TenantContext): Promise<void> {
    const merchants = await this.#database.directory(ctx, ({ tx }) =>
      tx.query<MerchantRecord & { tier: string | null }>(
        `SELECT m.id, m.display_name AS name, p.tier_code AS tier FROM core_merchant m JOIN core_merchant_platform p ON p.merchant_id = m.id
         WHERE p.platform_id = $1`,
        [ctx.platform.id],
      ),
    );
    const sold = new Set((await this.#catalogue.offers(ctx, { kind: 'tier' })).map(({ code }) => code));
    for (const demo of DEMO.filter(({ platform }) => platform === ctx.platform.code)) {
      const merchant = merchants.find(({ name }) => name === demo.merchant);
      if (merchant?.tier && sold.has(merchant.tier)) await this.#begin(ctx, merchant, merchant.tier, demo);
    }
  }

  async #begin(
    ctx: TenantContext,
    { id, name }: MerchantRecord,
    tier: string,
    { status, interval, days, addOn }: (typeof DEMO)[number],
  ): Promise<void> {
    await this.#database.unit(asProvider(atMerchant(ctx, { id, name })), async (inside) => {
      if (await subscriptionsHere(inside).first()) return;
      const version = await this.#catalogue.forSale(inside, 'tier', tier);
      const trialEndsAt = status === 'trialing' ? addDays(ctx.now, days) : null;
      const began = status === 'trialing' ? addDays(ctx.now, days - 30) : addDays(ctx.now, -days);
      const period = trialEndsAt
        ? { start: began, end: trialEndsAt }
        : { ...periodAt(began, interval, ctx.now), start: began };
      const made = await this.#writer.create(inside, {
        status,
        version,
        interval,
        period,
        trialEndsAt,
        collection: 'none',
      });
      if (!trialEndsAt)
        await this.#writer.change(inside, made, { periodStart: periodAt(began, interval, ctx.now).start });
      if (addOn)
        await this.#writer.setAddOn(
          inside,
          made,
          await this.#catalogue.forSale(inside, 'add_on', addOn.code),
          addOn.quantity,
        );
    });
  }
}
