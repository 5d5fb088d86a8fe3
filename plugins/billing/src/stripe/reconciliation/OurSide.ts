import type { TenantContext } from '@wizamart/core';
import type { StripeInvoice, StripeSubscriptionStatus } from '../gatewayTypes.js';

/** A subscription of ours that is paid through Stripe, in Stripe's terms. */
export interface OurSubscription {
  readonly merchantId: string;
  readonly stripeId: string;
  /** Statuses of Stripe's that agree with ours. */
  readonly statuses: readonly StripeSubscriptionStatus[];
  readonly periodEnd: Date;
  readonly cancelAtPeriodEnd: boolean;
  /** Price id → pieces, where it is known. */
  readonly items: Readonly<Record<string, number>> | null;
}

/** What we have made of a paid invoice of Stripe's. */
export interface OurInvoice {
  readonly stripeId: string;
  /** Net of VAT, in minor units. */
  readonly netMinor: number;
}

/** Our side of a comparison; each area says what it has. */
export class OurSide {
  #subscriptions: ((ctx: TenantContext) => Promise<readonly OurSubscription[]>) | undefined;
  #invoices:
    ((ctx: TenantContext, invoices: readonly StripeInvoice[]) => Promise<readonly OurInvoice[]>) | undefined;

  /** All live subscriptions of the platform that Stripe collects for. */
  subscriptionsFrom(read: (ctx: TenantContext) => Promise<readonly OurSubscription[]>): void {
    this.#subscriptions = read;
  }

  /** What was issued for these invoices of Stripe's; those without are left out. */
  invoicesFrom(
    read: (ctx: TenantContext, invoices: readonly StripeInvoice[]) => Promise<readonly OurInvoice[]>,
  ): void {
    this.#invoices = read;
  }

  /** Undefined: nobody has said. */
  async subscriptions(ctx: TenantContext): Promise<readonly OurSubscription[] | undefined> {
    return this.#subscriptions?.(ctx);
  }

  /** Undefined: nobody has said. */
  async invoices(
    ctx: TenantContext,
    invoices: readonly StripeInvoice[],
  ): Promise<readonly OurInvoice[] | undefined> {
    return this.#invoices?.(ctx, invoices);
  }
}
