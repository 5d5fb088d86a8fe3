import { invalid, ApiError } from '../http/ApiError.js';
import type { Params } from '../http/formBody.js';
import { booleanOf, integerOf, metadataOf, nullableTextOf, objectsOf, textOf, wordOf } from '../http/read.js';
import type { InvoiceLine, Subscription } from '../state/kinds.js';
import type { World } from '../state/World.js';
import { planChange, type ItemChange } from './changeItems.js';
import { collect, finalize, intentOf } from './collect.js';
import { changedItems } from './items.js';
import { makeInvoice } from './makeInvoice.js';
import { raise } from './raise.js';
import { periodInvoice, startPeriod } from './renew.js';
import { PAYMENT_BEHAVIORS, taxRatesFrom } from './startSubscription.js';

const PENDING_SECONDS = 23 * 3_600;
const PRORATIONS = ['always_invoice', 'create_prorations', 'none'] as const;

/** Changes a subscription as an update asks for. */
export function updateSubscription(world: World, subscription: Subscription, params: Params): Subscription {
  if (subscription.status === 'canceled' || subscription.status === 'incomplete_expired')
    throw invalid('A canceled subscription can only update its cancellation_details and metadata.');
  const before = structuredClone(subscription);
  changeFields(world, subscription, params);
  changeTrial(world, subscription, params);
  const entries = objectsOf(params, 'items');
  if (entries) changeItemsNow(world, subscription, entries, params);
  raise(world, 'customer.subscription.updated', subscription, differences(before, subscription));
  return subscription;
}

function changeFields(world: World, subscription: Subscription, params: Params): void {
  subscription.metadata = metadataOf(params, subscription.metadata);
  subscription.default_tax_rates = taxRatesFrom(world, params) ?? subscription.default_tax_rates ?? [];
  const method = nullableTextOf(params, 'default_payment_method');
  if (typeof method === 'string') world.get('payment_method', method, 'default_payment_method');
  if (method !== undefined) subscription.default_payment_method = method;
  const ends = booleanOf(params, 'cancel_at_period_end');
  if (ends === undefined) return;
  refuseManaged(subscription);
  subscription.cancel_at_period_end = ends;
  subscription.cancel_at = ends ? (subscription.items.data[0]?.current_period_end ?? null) : null;
  subscription.canceled_at = ends ? world.now : null;
  subscription.cancellation_details = {
    comment: null,
    feedback: null,
    feedback_option: null,
    reason: ends ? 'cancellation_requested' : null,
  };
}

function changeTrial(world: World, subscription: Subscription, params: Params): void {
  const given = textOf(params, 'trial_end');
  if (given === undefined) return;
  const end = given === 'now' ? world.now : integerOf(params, 'trial_end');
  if (end === undefined || (given !== 'now' && end <= world.now))
    throw invalid('Invalid timestamp: must be an integer Unix timestamp in the future.', 'trial_end');
  subscription.trial_end = end;
  subscription.billing_cycle_anchor = end;
  if (given !== 'now') {
    subscription.trial_start ??= world.now;
    subscription.status = 'trialing';
    for (const item of subscription.items.data) item.current_period_end = end;
    return;
  }
  startPeriod(subscription, world.now);
  const invoice = periodInvoice(world, subscription, 'subscription_update');
  finalize(world, invoice);
  subscription.status = 'active';
  if (collect(world, invoice) !== 'succeeded' && invoice.amount_due > 0) subscription.status = 'past_due';
}

function changeItemsNow(
  world: World,
  subscription: Subscription,
  entries: readonly Params[],
  params: Params,
): void {
  refuseManaged(subscription);
  const change = planChange(world, subscription, changedItems(world, subscription, entries));
  const proration = wordOf(params, 'proration_behavior', PRORATIONS) ?? 'create_prorations';
  const behavior = wordOf(params, 'payment_behavior', PAYMENT_BEHAVIORS) ?? 'allow_incomplete';
  const restarts = change.anchor !== subscription.billing_cycle_anchor;
  if (proration === 'create_prorations' && !restarts) keepForLater(world, subscription, change.lines);
  const charged = proration === 'always_invoice' || restarts ? linesNow(change, proration) : [];
  if (charged.length === 0) return apply(subscription, change);
  const invoice = makeInvoice(world, {
    customer: world.get('customer', subscription.customer as string),
    subscription,
    reason: 'subscription_update',
    lines: charged,
    period: { start: world.now, end: world.now },
    currency: subscription.currency,
    withWaitingItems: true,
  });
  subscription.latest_invoice = invoice.id;
  finalize(world, invoice);
  const outcome = collect(world, invoice);
  if (outcome === undefined || outcome === 'succeeded') return apply(subscription, change);
  if (behavior === 'error_if_incomplete') {
    const error = intentOf(world, invoice).last_payment_error;
    throw new ApiError(402, {
      type: 'card_error',
      code: error?.code ?? 'subscription_payment_intent_requires_action',
      message: error?.message ?? 'Payment for this subscription requires additional user action.',
    });
  }
  if (behavior === 'pending_if_incomplete') return wait(world, subscription, change, invoice.id);
  apply(subscription, change);
  if (subscription.status === 'active') subscription.status = 'past_due';
}

/** Without prorations a new interval still charges its first period. */
const linesNow = ({ lines }: ItemChange, proration: string): readonly InvoiceLine[] =>
  proration === 'none' ? lines.filter(({ parent }) => !parent?.subscription_item_details?.proration) : lines;

function apply(subscription: Subscription, { items, anchor }: ItemChange): void {
  subscription.items.data = [...items];
  subscription.billing_cycle_anchor = anchor;
}

function wait(
  world: World,
  subscription: Subscription,
  { items, anchor }: ItemChange,
  invoice: string,
): void {
  subscription._pending = { items: [...items], anchor, invoice };
  subscription.pending_update = {
    billing_cycle_anchor: null,
    cancel_at_period_end: null,
    discount: null,
    discounts: null,
    expires_at: world.now + PENDING_SECONDS,
    metadata: null,
    subscription_items: structuredClone([...items]),
    trial_end: null,
    trial_from_plan: null,
  };
}

function keepForLater(world: World, subscription: Subscription, lines: readonly InvoiceLine[]): void {
  for (const line of lines)
    world.add('invoiceitem', {
      id: world.newId('invoiceitem'),
      object: 'invoiceitem',
      amount: line.amount,
      currency: line.currency,
      customer: subscription.customer,
      customer_account: null,
      date: world.now,
      description: line.description,
      discountable: false,
      discounts: [],
      invoice: null,
      livemode: false,
      metadata: {},
      parent: {
        type: 'subscription_details',
        subscription_details: {
          subscription: subscription.id,
          subscription_item: line.parent?.subscription_item_details?.subscription_item ?? '',
        },
      },
      period: line.period,
      pricing: line.pricing as null,
      proration: true,
      quantity: line.quantity ?? 1,
      quantity_decimal: String(line.quantity ?? 1),
      tax_rates: [],
      test_clock: subscription.test_clock,
    });
}

function refuseManaged(subscription: Subscription): void {
  if (subscription.schedule !== null)
    throw invalid(
      `The subscription is managed by the subscription schedule \`${subscription.schedule as string}\`, and updating it directly is not allowed. Please update the schedule instead.`,
    );
}

/** What events call `previous_attributes`. */
function differences(before: Subscription, after: Subscription): Record<string, unknown> {
  const old = before as unknown as Record<string, unknown>;
  const now = after as unknown as Record<string, unknown>;
  return Object.fromEntries(
    Object.keys(old)
      .filter((name) => !name.startsWith('_') && JSON.stringify(old[name]) !== JSON.stringify(now[name]))
      .map((name) => [name, old[name]]),
  );
}
