import type { Subscription } from '../state/kinds.js';
import type { World } from '../state/World.js';
import { raise } from './raise.js';

/** Ends a subscription now, and what was planned for it. */
export function cancelSubscription(
  world: World,
  subscription: Subscription,
  reason: 'cancellation_requested' | 'payment_failed',
): void {
  subscription.status = 'canceled';
  subscription.canceled_at ??= world.now;
  subscription.ended_at = world.now;
  subscription.cancellation_details = { comment: null, feedback: null, feedback_option: null, reason };
  subscription._pending = null;
  subscription.pending_update = null;
  if (subscription.schedule !== null) {
    const schedule = world.get('subscription_schedule', subscription.schedule as string);
    schedule.status = 'canceled';
    schedule.canceled_at = world.now;
    schedule.current_phase = null;
    raise(world, 'subscription_schedule.canceled', schedule);
  }
  // Drafts would be finalised, and the rest tried again, for something that is no more.
  for (const { id, parent, status } of world.all('invoice')) {
    if (parent?.subscription_details?.subscription !== subscription.id) continue;
    if (status === 'draft' || status === 'open') {
      const invoice = world.get('invoice', id);
      invoice.auto_advance = false;
      invoice.next_payment_attempt = null;
      invoice.automatically_finalizes_at = null;
    }
  }
  raise(world, 'customer.subscription.deleted', subscription);
}
