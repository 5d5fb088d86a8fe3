import type { Database, ModuleSettings, TenantContext } from '@wizamart/core';
import { asProvider, type MerchantContext } from '../asProvider.js';
import { type BillingSettings, daysOf } from '../settings.js';
import { daysBetween } from '../subscriptions/calendar.js';
import type { Operations } from '../subscriptions/Operations.js';
import type { Subscription } from '../subscriptions/Subscription.js';
import type { ProviderUnit, SubscriptionWriter } from '../subscriptions/SubscriptionWriter.js';
import type { BillingMails } from './BillingMails.js';
import { eachMerchant, merchantsWith } from './eachMerchant.js';
import type { Fallback } from './Fallback.js';

interface TrialDependencies {
  readonly database: Database;
  readonly settings: ModuleSettings;
  readonly subscriptionWriter: SubscriptionWriter;
  readonly operations: Operations;
  readonly billingMails: BillingMails;
  readonly fallback: Fallback;
}

/** Reminds of trials that end, and ends those that nobody pays for. Where there is a card, Stripe ends the trial. */
export class TrialExpirations {
  readonly #deps: TrialDependencies;

  constructor(deps: TrialDependencies) {
    this.#deps = deps;
  }

  /** All trials of the platform, as of `ctx.now`; twice or late it comes to the same. */
  async check(ctx: TenantContext): Promise<void> {
    const merchants = await merchantsWith(this.#deps.database, ctx, "s.status = 'trialing'");
    await eachMerchant(ctx, merchants, (at) => this.#checkOne(asProvider(at)));
  }

  async #checkOne(ctx: MerchantContext): Promise<void> {
    const { database, subscriptionWriter, operations, fallback, settings } = this.#deps;
    const over = await database.unit(ctx, async (inside) => {
      const row = await subscriptionWriter.live(inside);
      if (row?.status !== 'trialing' || !row.trialEndsAt) return undefined;
      if (row.trialEndsAt > ctx.now) await this.#remind(inside, row, row.trialEndsAt);
      return row.trialEndsAt <= ctx.now && row.collection === 'none' ? row : undefined;
    });
    if (!over?.trialEndsAt) return;
    const { trialEndPolicy } = settings.of<BillingSettings>(ctx, 'billing');
    const policy = over.cancelAtPeriodEnd ? 'cancel' : trialEndPolicy;
    const change = await fallback.change(ctx, policy, over.endReason ?? 'trial_over', over.trialEndsAt);
    await operations.carryOut(ctx, over.id, change);
    await database.unit(ctx, (inside) =>
      this.#deps.billingMails.send(inside, 'trial-over', {
        endedAt: over.trialEndsAt,
        outcome: change.kind,
      }),
    );
  }

  /** One mail for the latest reminder that is due: who was not told in time is not told twice. */
  async #remind(ctx: ProviderUnit, row: Subscription, endsAt: Date): Promise<void> {
    const { settings, subscriptionWriter, billingMails } = this.#deps;
    const left = daysBetween(ctx.now, endsAt);
    const days = daysOf(settings.of<BillingSettings>(ctx, 'billing').trialReminderDays);
    const due = days.filter((one) => left <= one).length;
    if (due <= row.trialStep) return;
    await subscriptionWriter.change(ctx, row, { trialStep: due });
    await billingMails.send(ctx, 'trial-ends', {
      endsAt,
      days: left,
      hasCard: row.collection === 'stripe',
    });
  }
}
