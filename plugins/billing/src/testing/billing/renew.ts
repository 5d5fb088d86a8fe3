import type { Invoice, Subscription } from '../state/kinds.js';
import type { World } from '../state/World.js';
import { makeInvoice } from './makeInvoice.js';
import { periodLine, periodOf } from './lines.js';
import { periodAfter } from './periods.js';

/** Stripe leaves drafts of renewals open for about an hour. */
export const DRAFT_SECONDS = 3_600;

/** Starts the period that begins at `start`. */
export function startPeriod(subscription: Subscription, start: number): void {
  const recurring = subscription.items.data[0]?.price.recurring;
  const end = periodAfter(
    subscription.billing_cycle_anchor,
    start,
    recurring ?? { interval: 'month', interval_count: 1 },
  );
  for (const item of subscription.items.data) {
    item.current_period_start = start;
    item.current_period_end = end;
  }
}

/** The invoice of the period that has just begun; a draft. */
export function periodInvoice(
  world: World,
  subscription: Subscription,
  reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update',
): Invoice {
  const period = periodOf(subscription);
  const invoice = makeInvoice(world, {
    customer: world.get('customer', subscription.customer as string),
    subscription,
    reason,
    lines: subscription.items.data.map((item) => periodLine(world, subscription.id, item, period)),
    period: { start: world.now, end: world.now },
    currency: subscription.currency,
    withWaitingItems: true,
  });
  subscription.latest_invoice = invoice.id;
  return invoice;
}

/** The next period begins: its draft is made, and finalised an hour later. */
export function renew(world: World, subscription: Subscription): Invoice {
  startPeriod(subscription, periodOf(subscription).end);
  const invoice = periodInvoice(world, subscription, 'subscription_cycle');
  invoice.automatically_finalizes_at = world.now + DRAFT_SECONDS;
  invoice.next_payment_attempt = invoice.automatically_finalizes_at;
  return invoice;
}
