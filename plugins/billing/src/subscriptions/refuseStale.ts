import type { InTransaction } from '@wizamart/core';
import { NoSubscription, NothingToChange, SubscriptionExists, TransitionRefused } from './errors.js';
import type { Change } from './Operation.js';
import { LIVE_STATUSES } from './Subscription.js';
import { subscriptionsHere } from './SubscriptionWriter.js';

/**
 * What was weighed may be old when a change begins: another one may have come to its end in between. Whatever would
 * have Stripe make a second subscription, and charge for both, is refused before Stripe hears of it.
 *
 * @throws {SubscriptionExists} {@link NoSubscription} {@link NothingToChange} {@link TransitionRefused}
 */
export async function refuseStale(
  ctx: InTransaction,
  subscriptionId: string | null,
  { kind }: Change,
): Promise<void> {
  const live = await subscriptionsHere(ctx)
    .whereIn('status', [...LIVE_STATUSES])
    .first();
  if (kind === 'subscribe') {
    if (live) throw new SubscriptionExists();
    return;
  }
  if (!live || live.id !== subscriptionId) throw new NoSubscription();
  if (kind === 'collect' && live.collection === 'stripe') throw new NothingToChange();
  if (kind === 'resume' && live.status !== 'paused')
    throw new TransitionRefused({ what: 'resume', status: live.status });
}
