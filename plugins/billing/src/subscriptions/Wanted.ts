import type { Interval, ProductVersion } from '../catalog/ProductVersion.js';
import type { Piece } from './StripeItems.js';
import type { Subscription } from './Subscription.js';

/** An add-on beside its version. */
export interface KnownAddOn {
  readonly id: string;
  readonly version: ProductVersion;
  readonly quantity: number;
  /** From the next period on; null: the same. */
  readonly pendingQuantity: number | null;
  readonly startedAt: Date;
  readonly endsAt: Date | null;
}

/** A subscription with all that it consists of. */
export interface Whole {
  readonly subscription: Subscription;
  readonly tier: ProductVersion;
  readonly addOns: readonly KnownAddOn[];
  /** The tier from the next period on; null: the same. */
  readonly pendingTier: ProductVersion | null;
}

/** What is paid for: pieces, and by which interval. */
export interface Wanted {
  readonly pieces: readonly Piece[];
  readonly interval: Interval;
}

/** What is paid for now. */
export const paidNow = (
  { subscription, tier, addOns }: Whole,
  change: { readonly tier?: ProductVersion; readonly interval?: Interval; readonly addOn?: Piece } = {},
): Wanted => ({
  interval: change.interval ?? subscription.interval,
  pieces: [
    { version: change.tier ?? tier, quantity: 1 },
    ...addOns.filter(({ version }) => version.code !== change.addOn?.version.code),
    ...(change.addOn && change.addOn.quantity > 0 ? [change.addOn] : []),
  ].map(({ version, quantity }) => ({ version, quantity })),
});

/** What is paid for from the next period on. */
export const paidLater = (
  { subscription, tier, addOns, pendingTier }: Whole,
  change: {
    readonly tier?: ProductVersion;
    readonly interval?: Interval;
    readonly withoutAddOn?: string;
    readonly addOn?: { readonly id: string; readonly quantity: number };
  } = {},
): Wanted => ({
  interval: change.interval ?? subscription.pendingInterval ?? subscription.interval,
  pieces: [
    { version: change.tier ?? pendingTier ?? tier, quantity: 1 },
    ...addOns
      .filter(({ id, endsAt }) => id !== change.withoutAddOn && (endsAt === null || id === change.addOn?.id))
      .map(({ id, version, quantity, pendingQuantity }) => ({
        version,
        quantity: id === change.addOn?.id ? change.addOn.quantity : (pendingQuantity ?? quantity),
      })),
  ],
});

export const sameWanted = (a: Wanted, b: Wanted): boolean => keyOf(a) === keyOf(b);

const keyOf = ({ interval, pieces }: Wanted): string =>
  JSON.stringify([interval, pieces.map(({ version, quantity }) => `${version.id} ${quantity}`).sort()]);
