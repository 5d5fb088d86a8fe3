import type { Meter, TenantContext, UsageMeters } from '@wizamart/core';
import type { SubscriptionReader, SubscriptionView } from '../subscriptions/SubscriptionReader.js';

/** What a merchant has, and how much of it is used. */
export interface UsageSummary {
  /** Null: it never had one. */
  readonly subscription: SubscriptionView | null;
  /** All limits of modules that are on and are counted; what is bounded per store is the context's store's. */
  readonly meters: readonly Meter[];
  /** Codes of limits of which more is used than they allow: it is kept, nothing is added. */
  readonly overLimit: readonly string[];
}

/** How much of what was bought is used. */
export class UsageSummaries {
  readonly #reader: SubscriptionReader;
  readonly #usage: UsageMeters;

  constructor(deps: { readonly subscriptionReader: SubscriptionReader; readonly usage: UsageMeters }) {
    this.#reader = deps.subscriptionReader;
    this.#usage = deps.usage;
  }

  async of(ctx: TenantContext): Promise<UsageSummary> {
    const [use, subscription] = await Promise.all([this.use(ctx), this.#reader.find(ctx)]);
    return { subscription: subscription ?? null, ...use };
  }

  /** For who has read the subscription already. */
  async use(ctx: TenantContext): Promise<Omit<UsageSummary, 'subscription'>> {
    const meters = await this.#usage.all(ctx);
    return {
      meters,
      overLimit: [...new Set(meters.filter(({ isOver }) => isOver).map(({ code }) => code))],
    };
  }
}
