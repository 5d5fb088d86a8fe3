import type { Database, ModuleSettings, TenantContext } from '@wizamart/core';
import { asProvider, type MerchantContext } from '../asProvider.js';
import { type BillingSettings, daysOf } from '../settings.js';
import { addDays, cardEndsAt, daysBetween } from '../subscriptions/calendar.js';
import type { Operations } from '../subscriptions/Operations.js';
import { isEntitled, type Subscription } from '../subscriptions/Subscription.js';
import type { ProviderUnit, SubscriptionWriter } from '../subscriptions/SubscriptionWriter.js';
import type { BillingMails } from './BillingMails.js';
import { eachMerchant, merchantsWith } from './eachMerchant.js';
import type { Fallback } from './Fallback.js';

interface DunningDependencies {
  readonly database: Database;
  readonly settings: ModuleSettings;
  readonly subscriptionWriter: SubscriptionWriter;
  readonly operations: Operations;
  readonly billingMails: BillingMails;
  readonly fallback: Fallback;
}

/** Reminds of payments that are due, ends what stays unpaid beyond the days of grace, and tells of cards that end. */
export class Dunning {
  readonly #deps: DunningDependencies;

  constructor(deps: DunningDependencies) {
    this.#deps = deps;
  }

  /** All subscriptions of the platform, as of `ctx.now`; twice or late it comes to the same. */
  async run(ctx: TenantContext): Promise<void> {
    const { database } = this.#deps;
    const late = await merchantsWith(database, ctx, "s.status = 'past_due' AND s.past_due_since IS NOT NULL");
    const withCard = await merchantsWith(
      database,
      ctx,
      "s.card_exp_year IS NOT NULL AND s.status IN ('trialing', 'active', 'past_due')",
    );
    await eachMerchant(ctx, late, (at) => this.#remind(asProvider(at)));
    await eachMerchant(ctx, withCard, (at) => this.#tellOfCard(asProvider(at)));
  }

  async #remind(ctx: MerchantContext): Promise<void> {
    const { database, settings, subscriptionWriter, operations, fallback, billingMails } = this.#deps;
    const { graceDays, dunningEndPolicy } = settings.of<BillingSettings>(ctx, 'billing');
    const over = await database.unit(ctx, async (inside) => {
      const row = await subscriptionWriter.live(inside);
      if (row?.status !== 'past_due' || !row.pastDueSince) return undefined;
      const endsAt = addDays(row.pastDueSince, graceDays);
      if (endsAt <= ctx.now) return { row, endsAt };
      await this.#step(inside, row, row.pastDueSince, endsAt);
      return undefined;
    });
    if (!over) return;
    const change = await fallback.change(ctx, dunningEndPolicy, 'unpaid', over.endsAt);
    await operations.carryOut(ctx, over.row.id, change);
    await database.unit(ctx, (inside) => billingMails.send(inside, 'payment-over', { outcome: change.kind }));
  }

  /** One mail for the latest step that is due. */
  async #step(ctx: ProviderUnit, row: Subscription, since: Date, endsAt: Date): Promise<void> {
    const { settings, subscriptionWriter, billingMails } = this.#deps;
    const passed = daysBetween(since, ctx.now);
    const due = daysOf(settings.of<BillingSettings>(ctx, 'billing').dunningDays).filter(
      (day) => day <= passed,
    ).length;
    if (due <= row.dunningStep) return;
    await subscriptionWriter.change(ctx, row, { dunningStep: due });
    await billingMails.send(ctx, 'payment-due', { since, endsAt });
  }

  async #tellOfCard(ctx: MerchantContext): Promise<void> {
    const { database, settings, subscriptionWriter, billingMails } = this.#deps;
    const { cardNoticeDays } = settings.of<BillingSettings>(ctx, 'billing');
    await database.unit(ctx, async (inside) => {
      const row = await subscriptionWriter.live(inside);
      if (!row || !isEntitled(row) || row.cardExpMonth === null || row.cardExpYear === null) return;
      const month = `${row.cardExpYear}-${String(row.cardExpMonth).padStart(2, '0')}`;
      const endsAt = cardEndsAt(row.cardExpMonth, row.cardExpYear);
      if (row.cardNotice === month || addDays(endsAt, -cardNoticeDays) > ctx.now) return;
      await subscriptionWriter.change(inside, row, { cardNotice: month });
      await billingMails.send(inside, 'card-ends', {
        brand: row.cardBrand,
        last4: row.cardLast4,
        month,
      });
    });
  }
}
