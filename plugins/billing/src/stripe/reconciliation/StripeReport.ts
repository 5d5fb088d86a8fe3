import { PlatformModel } from '@wizamart/core';

export const DIFFERENCE_KINDS = [
  'subscription_only_here',
  'subscription_only_at_stripe',
  'subscription_status',
  'subscription_items',
  'subscription_period',
  'subscription_cancellation',
  'invoice_not_issued',
  'invoice_amount',
  'event_missed',
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** One thing that is not the same on both sides. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** Null: nobody we know. */
  readonly merchantId: string | null;
  /** Stripe's id of what it is about. */
  readonly stripeId: string;
  readonly ours: string | null;
  readonly stripes: string | null;
  /** Whether the comparison has mended it; what may cost somebody money is left to people. */
  readonly isMended: boolean;
}

/** A comparison of our side with Stripe's: written once. */
export class StripeReport extends PlatformModel {
  static override tableName = 'billing_stripe_report';
  static override jsonAttributes = ['differences'];
  declare id: string;
  declare account: string;
  declare startedAt: Date;
  declare finishedAt: Date;
  declare subscriptions: number;
  declare invoices: number;
  declare missedEvents: number;
  declare differences: readonly Difference[];
}
