import { PlatformModel } from '@wizamart/core';

/** One limit over all merchants with a subscription. Of limits per store, all their stores. */
export interface LimitCapacity {
  readonly code: string;
  readonly name: string;
  readonly module: string;
  /** Counted by the month, so that it begins anew. */
  readonly isMonthly: boolean;
  /** What was bought, add-ons included; only where there are bounds. */
  readonly theoretical: number;
  /** What is used of that. */
  readonly used: number;
  /** Merchants with bounds. */
  readonly merchants: number;
  /** Merchants that use more than they have bought. */
  readonly over: number;
  /** What tiers without bounds are used for; in none of the sums above. */
  readonly unlimited: { readonly merchants: number; readonly used: number };
}

export interface TierShare {
  readonly code: string;
  readonly name: string;
  readonly subscriptions: number;
}

/** What is measured at a moment. */
export interface Measured {
  readonly subscriptions: number;
  readonly tiers: readonly TierShare[];
  readonly limits: readonly LimitCapacity[];
}

/** What was measured on a day; one per platform and day. */
export class CapacitySnapshot extends PlatformModel implements Measured {
  static override tableName = 'billing_capacity_snapshot';
  static override jsonAttributes = ['tiers', 'limits'];
  declare id: string;
  /** `yyyy-mm-dd`, in Luxembourg. */
  declare day: string;
  declare capturedAt: Date;
  declare subscriptions: number;
  declare tiers: readonly TierShare[];
  declare limits: readonly LimitCapacity[];
}

/** What share of what is allowed is used; null where nothing is bounded. */
export const utilisation = ({ theoretical, used }: LimitCapacity): number | null =>
  theoretical === 0 ? null : used / theoretical;
