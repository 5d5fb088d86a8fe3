import { MerchantModel } from '@wizamart/core';
import type { Interval } from '../catalog/ProductVersion.js';

export const LIVE_STATUSES = ['trialing', 'active', 'past_due', 'paused'] as const;
export const SUBSCRIPTION_STATUSES = [...LIVE_STATUSES, 'cancelled', 'expired'] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** What a merchant has bought on a platform. At most one is live. */
export class Subscription extends MerchantModel {
  static override tableName = 'billing_subscription';
  declare id: string;
  declare platformId: string;
  declare status: SubscriptionStatus;
  /** The version of the tier that was bought. */
  declare versionId: string;
  declare interval: Interval;
  /** `stripe`: paid by card; `none`: nothing is collected. */
  declare collection: 'stripe' | 'none';
  declare anchorAt: Date;
  declare periodStart: Date;
  /** Does not belong to the period. */
  declare periodEnd: Date;
  declare trialEndsAt: Date | null;
  declare cancelAtPeriodEnd: boolean;
  declare pendingVersionId: string | null;
  declare pendingInterval: Interval | null;
  declare stripeSubscriptionId: string | null;
  declare cardBrand: string | null;
  declare cardLast4: string | null;
  declare cardExpMonth: number | null;
  declare cardExpYear: number | null;
  declare cardNotice: string | null;
  declare pastDueSince: Date | null;
  declare dunningStep: number;
  declare trialStep: number;
  declare pausedAt: Date | null;
  declare pausedLeftMs: number | null;
  declare usageSince: Date;
  declare endedAt: Date | null;
  declare endReason: string | null;
  declare createdAt: Date;
  declare updatedAt: Date;
}

/** An add-on beside the tier. */
export class SubscribedAddOn extends MerchantModel {
  static override tableName = 'billing_subscription_add_on';
  declare id: string;
  declare platformId: string;
  declare subscriptionId: string;
  declare versionId: string;
  declare code: string;
  declare quantity: number;
  /** From the next period on, fewer than now; null: the same. */
  declare pendingQuantity: number | null;
  declare startedAt: Date;
  declare endsAt: Date | null;
  declare endedAt: Date | null;
}

export const isLive = ({ status }: Pick<Subscription, 'status'>): boolean =>
  (LIVE_STATUSES as readonly string[]).includes(status);

/** Statuses in which the merchant has what it bought; also while a payment is late. */
export const isEntitled = ({ status }: Pick<Subscription, 'status'>): boolean =>
  status === 'trialing' || status === 'active' || status === 'past_due';
