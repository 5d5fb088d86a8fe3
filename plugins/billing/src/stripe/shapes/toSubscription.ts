import type Stripe from 'stripe';
import type {
  ItemInput,
  StripeSubscription,
  StripeSubscriptionItem,
  StripeSubscriptionStatus,
} from '../gatewayTypes.js';
import { paymentStateOf } from './toInvoice.js';
import { dateOf, dateOrNull, idOf, idOrNull } from './times.js';

/** What must be asked for with a subscription, so that all of {@link toSubscription} can be told. */
export const SUBSCRIPTION_EXPANSIONS = ['latest_invoice.payments.data.payment.payment_intent', 'schedule'];

export function toSubscription(subscription: Stripe.Subscription): StripeSubscription {
  const invoice = typeof subscription.latest_invoice === 'object' ? subscription.latest_invoice : null;
  const state = invoice ? paymentStateOf(invoice) : { problem: null, failure: null };
  const items = subscription.items.data;
  return {
    id: subscription.id,
    customerId: idOf(subscription.customer),
    reference: subscription.metadata['reference'] ?? null,
    status: subscription.status as StripeSubscriptionStatus,
    // Items of one subscription share their period: all have the same interval here.
    currentPeriodStart: dateOf(Math.max(...items.map((item) => item.current_period_start))),
    currentPeriodEnd: dateOf(Math.min(...items.map((item) => item.current_period_end))),
    trialEndsAt: dateOrNull(subscription.trial_end),
    cancelAtPeriodEnd: subscription.cancel_at_period_end,
    canceledAt: dateOrNull(subscription.canceled_at),
    endedAt: dateOrNull(subscription.ended_at),
    items: items.map(toItem),
    taxRateIds: (subscription.default_tax_rates ?? []).map(({ id }) => id),
    plannedItems: plannedItemsOf(subscription),
    pendingItems: subscription.pending_update?.subscription_items?.map(toItem) ?? null,
    latestInvoiceId: idOrNull(subscription.latest_invoice),
    paymentProblem: state.problem,
    paymentFailure: state.failure,
    confirmUrl: state.problem === null ? null : (invoice?.hosted_invoice_url ?? null),
  };
}

const toItem = ({ id, price, quantity }: Stripe.SubscriptionItem): StripeSubscriptionItem => ({
  itemId: id,
  priceId: price.id,
  quantity: quantity ?? 1,
});

/** Items of the phase that comes next. */
function plannedItemsOf({ schedule }: Stripe.Subscription): ItemInput[] | null {
  if (typeof schedule !== 'object' || schedule === null || schedule.status !== 'active') return null;
  const now = schedule.current_phase?.start_date ?? 0;
  const next = schedule.phases.find(({ start_date }) => start_date > now);
  return (
    next?.items.map(({ price, quantity }) => ({ priceId: idOf(price), quantity: quantity ?? 1 })) ?? null
  );
}
