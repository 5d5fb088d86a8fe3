import { invalid } from '../http/ApiError.js';
import type { Params } from '../http/formBody.js';
import { neededText, objectOf, objectsOf, textOf } from '../http/read.js';
import { randomText } from '../state/ids.js';
import type { Invoice, Subscription } from '../state/kinds.js';
import type { World } from '../state/World.js';
import { periodOf } from './lines.js';
import { DRAFT_SECONDS, periodInvoice, renew, startPeriod } from './renew.js';
import { enterPhase } from './schedules.js';
import { startSubscription, taxRatesFrom } from './startSubscription.js';
import { planChange } from './changeItems.js';
import { changedItems } from './items.js';
import { makeInvoice } from './makeInvoice.js';

/** The invoice that would come; whoever calls throws everything else away. */
export function previewInvoice(world: World, params: Params): Invoice {
  const details = objectOf(params, 'subscription_details') ?? {};
  const id = textOf(params, 'subscription');
  const invoice =
    id === undefined
      ? ofNew(world, params, details)
      : ofRunning(world, world.get('subscription', id, 'subscription'), details);
  const name = `upcoming_in_${randomText(16)}`;
  invoice._lines = invoice._lines.map((line) => ({ ...line, invoice: name }));
  invoice.id = name;
  invoice.status = 'draft';
  return invoice;
}

/** In a preview nobody is asked for money: the invoice is taken as it is made. */
function ofNew(world: World, params: Params, details: Params): Invoice {
  const customer = neededText(params, 'customer');
  const subscription = startSubscription(world, {
    ...details,
    customer,
    payment_behavior: 'default_incomplete',
  });
  const first = world.get('invoice', subscription.latest_invoice as string);
  if (subscription.status !== 'trialing') return first;
  startPeriod(subscription, subscription.trial_end ?? world.now);
  world.now = subscription.trial_end ?? world.now;
  const invoice = periodInvoice(world, subscription, 'subscription_cycle');
  invoice.next_payment_attempt = world.now + DRAFT_SECONDS;
  return invoice;
}

function ofRunning(world: World, subscription: Subscription, details: Params): Invoice {
  world.follow(subscription);
  if (subscription.status === 'canceled' || subscription.status === 'incomplete_expired')
    throw invalid(
      `No upcoming invoices for customer: ${subscription.customer as string}`,
      undefined,
      'invoice_upcoming_none',
    );
  subscription.default_tax_rates = taxRatesFrom(world, details) ?? subscription.default_tax_rates ?? [];
  const entries = objectsOf(details, 'items');
  const change = entries && planChange(world, subscription, changedItems(world, subscription, entries));
  if (change) {
    const isNow = textOf(details, 'proration_behavior') === 'always_invoice' && change.lines.length > 0;
    if (isNow || change.anchor !== subscription.billing_cycle_anchor) {
      return makeInvoice(world, {
        customer: world.get('customer', subscription.customer as string),
        subscription,
        reason: 'subscription_update',
        lines: change.lines,
        period: { start: world.now, end: world.now },
        currency: subscription.currency,
        withWaitingItems: true,
      });
    }
    subscription.items.data = [...change.items];
  } else if (subscription.cancel_at_period_end) {
    throw invalid(
      `No upcoming invoices for customer: ${subscription.customer as string}`,
      undefined,
      'invoice_upcoming_none',
    );
  } else enterNextPhase(world, subscription);
  return nextRegular(world, subscription);
}

function enterNextPhase(world: World, subscription: Subscription): void {
  if (subscription.schedule === null) return;
  const schedule = world.get('subscription_schedule', subscription.schedule as string);
  const { end } = periodOf(subscription);
  const next = schedule.phases.find(({ start_date }) => start_date === end);
  if (next) enterPhase(world, schedule, next);
}

function nextRegular(world: World, subscription: Subscription): Invoice {
  const end =
    subscription.status === 'trialing' ? (subscription.trial_end ?? world.now) : periodOf(subscription).end;
  world.now = end;
  if (subscription.status !== 'trialing') return renew(world, subscription);
  startPeriod(subscription, end);
  const invoice = periodInvoice(world, subscription, 'subscription_cycle');
  invoice.next_payment_attempt = end + DRAFT_SECONDS;
  return invoice;
}
