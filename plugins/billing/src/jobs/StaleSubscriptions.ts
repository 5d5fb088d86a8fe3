import type { Database, ModuleSettings, TenantContext } from '@wizamart/core';
import { asProvider, type MerchantContext } from '../asProvider.js';
import type { BillingSettings } from '../settings.js';
import { addDays, periodAt } from '../subscriptions/calendar.js';
import { SubscriptionChanged, SubscriptionRenewed } from '../subscriptions/events.js';
import type { Operations } from '../subscriptions/Operations.js';
import type { Subscription } from '../subscriptions/Subscription.js';
import type { ProviderUnit, SubscriptionWriter } from '../subscriptions/SubscriptionWriter.js';
import { eachMerchant, merchantsWith } from './eachMerchant.js';

interface StaleDependencies {
  readonly database: Database;
  readonly settings: ModuleSettings;
  readonly subscriptionWriter: SubscriptionWriter;
  readonly operations: Operations;
}

/** Brings on what time brings on: periods that nobody collects, add-ons and pauses that end, changes left half done. */
export class StaleSubscriptions {
  readonly #deps: StaleDependencies;

  constructor(deps: StaleDependencies) {
    this.#deps = deps;
  }

  /** All subscriptions of the platform, as of `ctx.now`; twice or late it comes to the same. */
  async clean(ctx: TenantContext): Promise<void> {
    const { database, operations } = this.#deps;
    for (const { id, merchantId, name } of await operations.unfinished(ctx))
      await eachMerchant(ctx, [{ id: merchantId, name }], (at) => operations.finish(at, id));
    const stale = await merchantsWith(
      database,
      ctx,
      `(s.collection = 'none' AND s.status = 'active' AND s.period_end <= $2) OR s.status = 'paused'
       OR EXISTS (SELECT FROM billing_subscription_add_on a WHERE a.subscription_id = s.id AND a.merchant_id = s.merchant_id AND a.ended_at IS NULL AND a.ends_at <= $2)
       OR EXISTS (SELECT FROM billing_operation o WHERE o.merchant_id = s.merchant_id AND o.platform_id = s.platform_id AND o.status = 'awaiting')`,
    );
    await eachMerchant(ctx, stale, (at) => this.#cleanOne(asProvider(at)));
  }

  async #cleanOne(ctx: MerchantContext): Promise<void> {
    const { database, settings, subscriptionWriter, operations } = this.#deps;
    await operations.giveUpAwaited(ctx);
    const paused = await database.unit(ctx, async (inside) => {
      const row = await subscriptionWriter.live(inside);
      if (!row) return undefined;
      const current =
        row.collection === 'none' && row.status === 'active' && row.periodEnd <= ctx.now
          ? await this.#renew(inside, row)
          : row;
      for (const addOn of await subscriptionWriter.addOns(inside, current.id))
        if (addOn.endsAt && addOn.endsAt <= ctx.now)
          await subscriptionWriter.endAddOn(inside, current, addOn);
        else if (addOn.pendingQuantity !== null && current !== row && current.status === 'active')
          await subscriptionWriter.setAddOn(
            inside,
            current,
            await subscriptionWriter.versionOf(inside, addOn),
            addOn.pendingQuantity,
          );
      return current.status === 'paused' ? current : undefined;
    });
    if (!paused?.pausedAt) return;
    const endsAt = addDays(paused.pausedAt, settings.of<BillingSettings>(ctx, 'billing').pausedDays);
    if (endsAt > ctx.now) return;
    await operations.carryOut(ctx, paused.id, {
      kind: 'cancel_now',
      reason: 'paused_too_long',
      at: endsAt.toISOString(),
    });
  }

  /** The next period of what nobody collects; several at once when nobody looked for long. */
  async #renew(ctx: ProviderUnit, row: Subscription): Promise<Subscription> {
    const { subscriptionWriter } = this.#deps;
    if (row.cancelAtPeriodEnd) return subscriptionWriter.move(ctx, row, 'cancel', { endedAt: row.periodEnd });
    const interval = row.pendingInterval ?? row.interval;
    const anchorAt = interval === row.interval ? row.anchorAt : row.periodEnd;
    const { start, end } = periodAt(anchorAt, interval, ctx.now);
    const isOther = row.pendingVersionId !== null || row.pendingInterval !== null;
    return subscriptionWriter.change(
      ctx,
      row,
      {
        versionId: row.pendingVersionId ?? row.versionId,
        interval,
        anchorAt,
        periodStart: start,
        periodEnd: end,
        pendingVersionId: null,
        pendingInterval: null,
      },
      isOther ? SubscriptionChanged : SubscriptionRenewed,
    );
  }
}
