import type { Outcome } from '../cards/charge.js';
import type { Invoice, Subscription } from '../state/kinds.js';
import type { World } from '../state/World.js';
import { cancelSubscription } from './cancelSubscription.js';
import { raise } from './raise.js';

/** Attempts at a regular invoice before the subscription ends: the first, and three more. */
const MAX_ATTEMPTS = 4;

/** The invoice is paid: its subscription goes on, and a change that waited for it comes into force. */
export function invoicePaid(world: World, invoice: Invoice): void {
  invoice.status = 'paid';
  invoice.attempted = true;
  invoice.amount_remaining = 0;
  invoice.next_payment_attempt = null;
  invoice.status_transitions.paid_at = world.now;
  raise(world, 'invoice.paid', invoice);
  raise(world, 'invoice.payment_succeeded', invoice);
  const subscription = subscriptionOf(world, invoice);
  if (!subscription) return;
  applyPending(world, subscription, invoice.id);
  if (subscription.status === 'incomplete') become(world, subscription, 'active');
  else if (isArrears(subscription) && !hasOtherDebts(world, subscription, invoice.id))
    become(world, subscription, 'active');
}

/** The attempt failed: a running subscription is past due, and ends after the last attempt. */
export function invoiceFailed(world: World, invoice: Invoice, outcome: Outcome): void {
  raise(world, 'invoice.payment_failed', invoice);
  if (outcome === 'requires_action') raise(world, 'invoice.payment_action_required', invoice);
  const subscription = subscriptionOf(world, invoice);
  if (!subscription || invoice.billing_reason !== 'subscription_cycle') return;
  if (subscription.status === 'active') become(world, subscription, 'past_due');
  if (invoice.attempt_count >= MAX_ATTEMPTS && isArrears(subscription))
    cancelSubscription(world, subscription, 'payment_failed');
}

/** The invoice of a change is void: the change is forgotten. */
export function dropPending(world: World, invoiceId: string): void {
  const found = world.all('subscription').find(({ _pending }) => _pending?.invoice === invoiceId);
  if (!found) return;
  const subscription = world.get('subscription', found.id);
  subscription._pending = null;
  subscription.pending_update = null;
  raise(world, 'customer.subscription.pending_update_expired', subscription);
}

export function become(world: World, subscription: Subscription, status: Subscription['status']): void {
  const before = subscription.status;
  if (before === status) return;
  subscription.status = status;
  raise(world, 'customer.subscription.updated', subscription, { status: before });
}

const isArrears = ({ status }: Subscription): boolean => status === 'past_due' || status === 'unpaid';

function subscriptionOf(world: World, invoice: Invoice): Subscription | undefined {
  const id = invoice.parent?.subscription_details?.subscription as string | undefined;
  return id !== undefined && world.find('subscription', id) ? world.get('subscription', id) : undefined;
}

function hasOtherDebts(world: World, { id }: Subscription, paid: string): boolean {
  return world
    .all('invoice')
    .some(
      (invoice) =>
        invoice.id !== paid &&
        invoice.status === 'open' &&
        invoice.billing_reason === 'subscription_cycle' &&
        invoice.parent?.subscription_details?.subscription === id,
    );
}

function applyPending(world: World, subscription: Subscription, invoiceId: string): void {
  const pending = subscription._pending;
  if (pending?.invoice !== invoiceId) return;
  const before = structuredClone(subscription.items);
  subscription.items.data = structuredClone(pending.items);
  subscription.billing_cycle_anchor = pending.anchor;
  subscription._pending = null;
  subscription.pending_update = null;
  raise(world, 'customer.subscription.pending_update_applied', subscription);
  raise(world, 'customer.subscription.updated', subscription, { items: before });
}
