import type { Database, EventBus, TenantContext } from '@wizamart/core';
import { asProvider } from '../asProvider.js';
import { eachMerchant, merchantsWith } from '../jobs/eachMerchant.js';
import { UsageReset } from '../subscriptions/events.js';
import type { SubscriptionWriter } from '../subscriptions/SubscriptionWriter.js';
import { usageSince } from './usageSince.js';

/**
 * Writes down that a new month of limits per month began, and tells of it. Core counts by month, so that nothing is
 * refused or let through while this has not run yet.
 */
export class PeriodCounters {
  readonly #database: Database;
  readonly #events: EventBus;
  readonly #writer: SubscriptionWriter;

  constructor(deps: {
    readonly database: Database;
    readonly events: EventBus;
    readonly subscriptionWriter: SubscriptionWriter;
  }) {
    this.#database = deps.database;
    this.#events = deps.events;
    this.#writer = deps.subscriptionWriter;
  }

  /** All live subscriptions of the platform, as of `ctx.now`; twice or late it comes to the same. */
  async reset(ctx: TenantContext): Promise<void> {
    const due = await merchantsWith(
      this.#database,
      ctx,
      "s.ended_at IS NULL AND s.usage_since <= $2::timestamptz - interval '27 days'",
    );
    await eachMerchant(ctx, due, (at) =>
      this.#database.unit(asProvider(at), async (inside) => {
        const row = await this.#writer.live(inside);
        if (!row) return;
        const since = usageSince(ctx.now, row.anchorAt);
        if (since <= row.usageSince) return;
        await this.#writer.change(inside, row, { usageSince: since });
        await this.#events.emit(inside, UsageReset, { subscriptionId: row.id, since: since.toISOString() });
      }),
    );
  }
}
