import { ApiError, invalid } from '../http/ApiError.js';
import type { Params } from '../http/formBody.js';
import { integerOf, metadataOf, neededText, objectOf, textOf, textsOf, wordOf } from '../http/read.js';
import { shown } from '../http/shown.js';
import type { Customer, Subscription, SubscriptionItem, TaxRate } from '../state/kinds.js';
import type { World } from '../state/World.js';
import { collect, finalize, intentOf } from './collect.js';
import { itemsFrom } from './items.js';
import { periodLine, trialLine } from './lines.js';
import { makeInvoice } from './makeInvoice.js';
import { raise } from './raise.js';
import { startPeriod } from './renew.js';

const DAY = 86_400;

/** Makes a subscription, and its first invoice. */
export function startSubscription(world: World, params: Params): Subscription {
  const customer = world.get('customer', neededText(params, 'customer'), 'customer');
  world.follow(customer);
  const id = world.newId('subscription');
  const items = itemsFrom(world, id, params);
  const trialEnd = trialEndOf(world, params);
  const subscription = world.add(
    'subscription',
    newSubscription(world, { id, customer, items, trialEnd, params }),
  );
  customer.currency ??= subscription.currency;
  if (trialEnd === null) startPeriod(subscription, world.now);
  else
    for (const item of items) {
      item.current_period_start = world.now;
      item.current_period_end = trialEnd;
    }
  raise(world, 'customer.subscription.created', subscription);
  firstInvoice(
    world,
    subscription,
    customer,
    wordOf(params, 'payment_behavior', PAYMENT_BEHAVIORS) ?? 'allow_incomplete',
  );
  return subscription;
}

export const PAYMENT_BEHAVIORS = [
  'allow_incomplete',
  'default_incomplete',
  'error_if_incomplete',
  'pending_if_incomplete',
] as const;

/** The rates with these ids, as they stand in subscriptions. */
export const taxRatesFrom = (world: World, params: Params): TaxRate[] | undefined =>
  params['default_tax_rates'] === ''
    ? []
    : textsOf(params, 'default_tax_rates')?.map((id) => {
        const { _order, ...rate } = structuredClone(world.get('tax_rate', id, 'default_tax_rates'));
        return rate;
      });

function firstInvoice(world: World, subscription: Subscription, customer: Customer, behavior: string): void {
  const { data: items } = subscription.items;
  const inTrial = subscription.status === 'trialing';
  const period = {
    start: items[0]?.current_period_start ?? world.now,
    end: items[0]?.current_period_end ?? world.now,
  };
  const invoice = makeInvoice(world, {
    customer,
    subscription,
    reason: 'subscription_create',
    lines: items.map((item) =>
      inTrial
        ? trialLine(world, subscription.id, item, period)
        : periodLine(world, subscription.id, item, period),
    ),
    period: { start: world.now, end: world.now },
    currency: subscription.currency,
    withWaitingItems: !inTrial,
  });
  subscription.latest_invoice = invoice.id;
  finalize(world, invoice);
  if (invoice.status === 'paid' || behavior === 'default_incomplete') return;
  const outcome = collect(world, invoice);
  if (outcome === 'succeeded' || behavior !== 'error_if_incomplete') return;
  const error = intentOf(world, invoice).last_payment_error;
  throw new ApiError(402, {
    type: 'card_error',
    code: error?.code ?? 'subscription_payment_intent_requires_action',
    message:
      error?.message ??
      'Payment for this subscription requires additional user action before it can be completed successfully.',
    payment_intent: shown(intentOf(world, invoice)),
  });
}

function trialEndOf(world: World, params: Params): number | null {
  const days = integerOf(params, 'trial_period_days');
  if (days !== undefined) return days === 0 ? null : world.now + days * DAY;
  if (textOf(params, 'trial_end') === 'now') return null;
  const end = integerOf(params, 'trial_end');
  if (end === undefined) return null;
  if (end <= world.now)
    throw invalid('Invalid timestamp: must be an integer Unix timestamp in the future.', 'trial_end');
  return end;
}

function newSubscription(
  world: World,
  {
    id,
    customer,
    items,
    trialEnd,
    params,
  }: {
    readonly id: string;
    readonly customer: Customer;
    readonly items: SubscriptionItem[];
    readonly trialEnd: number | null;
    readonly params: Params;
  },
): Subscription {
  const method = textOf(params, 'default_payment_method');
  if (method !== undefined) world.get('payment_method', method, 'default_payment_method');
  const endBehavior = objectOf(objectOf(params, 'trial_settings') ?? {}, 'end_behavior') ?? {};
  return {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: trialEnd ?? world.now,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: 'itemized' }, type: 'flexible' },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: 'charge_automatically',
    created: world.now,
    currency: items[0]?.price.currency ?? 'eur',
    customer: customer.id,
    customer_account: null,
    days_until_due: null,
    default_payment_method: method ?? null,
    default_source: null,
    default_tax_rates: taxRatesFrom(world, params) ?? [],
    description: null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    items: { object: 'list', data: items, has_more: false, url: `/v1/subscription_items?subscription=${id}` },
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: metadataOf(params),
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: 'on_subscription',
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: world.now,
    status: trialEnd === null ? 'incomplete' : 'trialing',
    test_clock: customer.test_clock ?? null,
    transfer_data: null,
    trial_end: trialEnd,
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: null,
        missing_payment_method:
          wordOf(endBehavior, 'missing_payment_method', ['cancel', 'pause', 'create_invoice']) ??
          'create_invoice',
      },
    },
    trial_start: trialEnd === null ? null : world.now,
    _reminded: false,
    _pending: null,
  } satisfies Subscription;
}
