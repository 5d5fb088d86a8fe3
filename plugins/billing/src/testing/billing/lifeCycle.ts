import type { Invoice, Schedule, Subscription } from '../state/kinds.js';
import type { World } from '../state/World.js';
import { cancelSubscription } from './cancelSubscription.js';
import { collect, defaultMethodOf, finalize } from './collect.js';
import { periodOf } from './lines.js';
import { become, dropPending } from './outcomes.js';
import { raise } from './raise.js';
import { periodInvoice, DRAFT_SECONDS, renew, startPeriod } from './renew.js';
import { enterPhase, releaseSchedule } from './schedules.js';
import { voidInvoice } from './voidInvoice.js';

const REMINDER_SECONDS = 3 * 86_400;
const INCOMPLETE_SECONDS = 23 * 3_600;
/** More steps than any account has in a sensible time: something goes round in a circle. */
const MAX_STEPS = 20_000;

/** Something that happens by itself at a time. */
interface Due {
  readonly at: number;
  /** Within one second: phases change before periods begin. */
  readonly rank: number;
  readonly run: () => void;
}

type Timed = { readonly test_clock?: string | { readonly id: string } | null };

/**
 * Lets time pass until `until`: everything that becomes due happens in its order, each at its own time.
 *
 * @param clock the test clock whose objects live on, or null for all that have none
 */
export function passTime(world: World, clock: string | null, until: number): void {
  const mine = (object: Timed): boolean => (object.test_clock ?? null) === clock;
  for (let step = 0; step < MAX_STEPS; step++) {
    const next = nextDue(world, mine);
    if (!next || next.at > until) {
      world.now = until;
      return;
    }
    world.now = next.at;
    next.run();
  }
  throw new Error('time does not pass: something becomes due again and again');
}

function nextDue(world: World, mine: (object: Timed) => boolean): Due | undefined {
  let first: Due | undefined;
  const consider = (due: Due): void => {
    if (!first || due.at < first.at || (due.at === first.at && due.rank < first.rank)) first = due;
  };
  for (const one of world.each('subscription_schedule'))
    if (mine(one)) scheduleDue(world, one).forEach(consider);
  for (const one of world.each('subscription')) if (mine(one)) subscriptionDue(world, one).forEach(consider);
  for (const one of world.each('invoice')) if (mine(one)) invoiceDue(world, one).forEach(consider);
  return first;
}

function scheduleDue(world: World, { id, status, phases, current_phase, end_behavior }: Schedule): Due[] {
  if (status !== 'active' || !current_phase) return [];
  const next = phases.find(({ start_date }) => start_date > current_phase.start_date);
  const at = current_phase.end_date;
  if (next)
    return [{ at, rank: 0, run: () => enterPhase(world, world.get('subscription_schedule', id), next) }];
  const end = (): void => {
    const schedule = world.get('subscription_schedule', id);
    const subscription = schedule.subscription as string;
    releaseSchedule(world, schedule);
    if (end_behavior === 'cancel')
      cancelSubscription(world, world.get('subscription', subscription), 'cancellation_requested');
  };
  return [{ at, rank: 0, run: end }];
}

function subscriptionDue(world: World, subscription: Subscription): Due[] {
  const { id, status, trial_end, created, pending_update } = subscription;
  const change = (run: (own: Subscription) => void) => (): void => run(world.get('subscription', id));
  const dues: Due[] = [];
  if (pending_update)
    dues.push({ at: pending_update.expires_at, rank: 1, run: change((own) => expirePending(world, own)) });
  if (status === 'incomplete')
    dues.push({ at: created + INCOMPLETE_SECONDS, rank: 1, run: change((own) => expire(world, own)) });
  if (status === 'trialing' && trial_end !== null) {
    dues.push({ at: trial_end, rank: 1, run: change((own) => endTrial(world, own)) });
    if (!subscription._reminded)
      dues.push({
        at: Math.max(created, trial_end - REMINDER_SECONDS),
        rank: 2,
        run: change((own) => remind(world, own)),
      });
  }
  if (status === 'active' || status === 'past_due')
    dues.push({ at: periodOf(subscription).end, rank: 1, run: change((own) => endPeriod(world, own)) });
  return dues;
}

function invoiceDue(world: World, invoice: Invoice): Due[] {
  const { id, status, auto_advance } = invoice;
  if (!auto_advance) return [];
  if (status === 'draft' && invoice.automatically_finalizes_at !== null)
    return [{ at: invoice.automatically_finalizes_at, rank: 2, run: () => finalizeAndCollect(world, id) }];
  if (status === 'open' && invoice.next_payment_attempt !== null)
    return [
      { at: invoice.next_payment_attempt, rank: 2, run: () => void collect(world, world.get('invoice', id)) },
    ];
  return [];
}

function finalizeAndCollect(world: World, id: string): void {
  const invoice = world.get('invoice', id);
  invoice.next_payment_attempt = null;
  finalize(world, invoice);
  collect(world, invoice);
}

function endTrial(world: World, subscription: Subscription): void {
  if (subscription.cancel_at_period_end)
    return cancelSubscription(world, subscription, 'cancellation_requested');
  const hasCard = defaultMethodOf(world, payerOf(subscription)) !== undefined;
  const missing = subscription.trial_settings?.end_behavior.missing_payment_method;
  if (!hasCard && missing === 'cancel') return cancelSubscription(world, subscription, 'payment_failed');
  if (!hasCard && missing === 'pause') {
    become(world, subscription, 'paused');
    raise(world, 'customer.subscription.paused', subscription);
    return;
  }
  subscription.status = 'active';
  startPeriod(subscription, world.now);
  const invoice = periodInvoice(world, subscription, 'subscription_cycle');
  invoice.automatically_finalizes_at = world.now + DRAFT_SECONDS;
  invoice.next_payment_attempt = invoice.automatically_finalizes_at;
  raise(world, 'customer.subscription.updated', subscription, { status: 'trialing' });
}

function endPeriod(world: World, subscription: Subscription): void {
  if (subscription.cancel_at_period_end)
    return cancelSubscription(world, subscription, 'cancellation_requested');
  const before = structuredClone(subscription.items);
  renew(world, subscription);
  raise(world, 'customer.subscription.updated', subscription, { items: before });
}

function remind(world: World, subscription: Subscription): void {
  subscription._reminded = true;
  raise(world, 'customer.subscription.trial_will_end', subscription);
}

function expire(world: World, subscription: Subscription): void {
  subscription.status = 'incomplete_expired';
  subscription.ended_at = world.now;
  const open = world.find('invoice', subscription.latest_invoice as string);
  if (open?.status === 'open') voidInvoice(world, world.get('invoice', open.id));
  raise(world, 'customer.subscription.updated', subscription, { status: 'incomplete' });
}

function expirePending(world: World, subscription: Subscription): void {
  const invoice = subscription._pending?.invoice;
  if (invoice !== undefined && world.find('invoice', invoice)?.status === 'open')
    voidInvoice(world, world.get('invoice', invoice));
  else if (invoice !== undefined) dropPending(world, invoice);
}

/** Who would pay, in the terms of an invoice. */
const payerOf = (
  subscription: Subscription,
): Pick<Invoice, 'customer' | 'parent' | 'default_payment_method'> => ({
  customer: subscription.customer,
  default_payment_method: null,
  parent: {
    type: 'subscription_details',
    quote_details: null,
    subscription_details: { metadata: {}, subscription: subscription.id },
  },
});
