import type { TenantContext } from '@wizamart/core';
import type { Interval, ProductVersion } from '../catalog/ProductVersion.js';
import type { Subscription, SubscriptionStatus } from './Subscription.js';

interface Choice {
  readonly version: Pick<ProductVersion, 'monthlyMinor' | 'yearlyMinor'>;
  readonly interval: Interval;
}

/** What a tier costs in a year, to compare tiers by; by the month where it is sold by the month. */
const rank = ({ monthlyMinor, yearlyMinor }: Choice['version']): number =>
  monthlyMinor === null ? (yearlyMinor ?? 0) : monthlyMinor * 12;

/**
 * Whether a change comes into force at once. More is given at once and paid for; less, or a shorter interval, waits for
 * the end of what is paid. In a trial nothing is paid, so all changes are made at once.
 */
export function isAtOnce(status: SubscriptionStatus, from: Choice, to: Choice): boolean {
  if (status === 'trialing') return true;
  if (from.interval === 'year' && to.interval === 'month') return false;
  const difference = rank(to.version) - rank(from.version);
  return difference > 0 || (difference === 0 && from.interval === 'month' && to.interval === 'year');
}

/**
 * Whether a card must be entered first: merchants do not get more for nothing where nothing is collected from them;
 * the provider may give it to them.
 */
export const needsCard = (
  { actor }: Pick<TenantContext, 'actor'>,
  { status, collection }: Pick<Subscription, 'status' | 'collection'>,
): boolean => collection === 'none' && status !== 'trialing' && isMerchant({ actor });

/** Whether the merchant itself acts: it buys what is offered to everybody, the provider may give it anything. */
export const isMerchant = ({ actor }: Pick<TenantContext, 'actor'>): boolean =>
  actor.kind === 'user' && actor.audience === 'store';
