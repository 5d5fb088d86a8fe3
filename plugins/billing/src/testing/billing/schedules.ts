import { invalid } from '../http/ApiError.js';
import type { Params } from '../http/formBody.js';
import { integerOf, neededText, objectOf, objectsOf, textOf, wordOf } from '../http/read.js';
import type { Schedule, Subscription, SubscriptionItem } from '../state/kinds.js';
import type { World } from '../state/World.js';
import { makeItem } from './items.js';
import { periodOf } from './lines.js';
import { periodAfter } from './periods.js';
import { raise } from './raise.js';
import { taxRatesFrom } from './startSubscription.js';

type Phase = Schedule['phases'][number];

/** A schedule takes a subscription in hand: its running period is the first phase. */
export function scheduleFrom(world: World, subscription: Subscription): Schedule {
  if (subscription.schedule !== null)
    throw invalid(
      `You cannot migrate a subscription that is already attached to a schedule: ${subscription.schedule as string}.`,
    );
  const period = periodOf(subscription);
  const schedule = world.add('subscription_schedule', {
    id: world.newId('subscription_schedule'),
    object: 'subscription_schedule',
    application: null,
    billing_mode: { flexible: { proration_discounts: 'itemized' }, type: 'flexible' },
    canceled_at: null,
    completed_at: null,
    created: world.now,
    current_phase: { start_date: period.start, end_date: period.end },
    customer: subscription.customer,
    customer_account: null,
    default_settings: {
      application_fee_percent: null,
      billing_cycle_anchor: 'automatic',
      billing_thresholds: null,
      collection_method: 'charge_automatically',
      default_payment_method: null,
      description: null,
      invoice_settings: {
        account_tax_ids: null,
        custom_fields: null,
        days_until_due: null,
        description: null,
        footer: null,
        issuer: { type: 'self' },
      },
      on_behalf_of: null,
      transfer_data: null,
    },
    end_behavior: 'release',
    livemode: false,
    metadata: {},
    pause_schedules: [],
    phases: [
      phaseOf(
        subscription.currency,
        period,
        subscription.items.data.map(({ price, quantity }) => ({ price: price.id, quantity: quantity ?? 1 })),
        subscription.trial_end,
      ),
    ],
    released_at: null,
    released_subscription: null,
    status: 'active',
    subscription: subscription.id,
    test_clock: subscription.test_clock,
  } satisfies Schedule);
  (schedule.phases[0] as Phase).default_tax_rates = subscription.default_tax_rates ?? [];
  subscription.schedule = schedule.id;
  raise(world, 'subscription_schedule.created', schedule);
  return schedule;
}

export function updateSchedule(world: World, schedule: Schedule, params: Params): Schedule {
  if (schedule.status !== 'active' && schedule.status !== 'not_started')
    throw invalid(
      `You cannot update a subscription schedule that is currently in the \`${schedule.status}\` status.`,
    );
  const given = objectsOf(params, 'phases');
  if (given) schedule.phases = phasesFrom(world, schedule, given);
  schedule.end_behavior = wordOf(params, 'end_behavior', ['release', 'cancel']) ?? schedule.end_behavior;
  const running = schedule.phases.find(
    ({ start_date, end_date }) => start_date <= world.now && world.now < end_date,
  );
  if (!running) throw invalid('You cannot update a schedule so that its current phase is missing.', 'phases');
  schedule.current_phase = { start_date: running.start_date, end_date: running.end_date };
  raise(world, 'subscription_schedule.updated', schedule);
  return schedule;
}

/** The schedule lets go: the subscription stays as it is. */
export function releaseSchedule(world: World, schedule: Schedule): Schedule {
  if (schedule.status !== 'active' && schedule.status !== 'not_started')
    throw invalid(
      `You cannot release a subscription schedule that is currently in the \`${schedule.status}\` status.`,
    );
  const subscription = world.get('subscription', schedule.subscription as string);
  subscription.schedule = null;
  schedule.released_subscription = subscription.id;
  schedule.subscription = null;
  schedule.status = 'released';
  schedule.released_at = world.now;
  schedule.current_phase = null;
  raise(world, 'subscription_schedule.released', schedule);
  return schedule;
}

/** A phase that begins: its items are the subscription's from now on. */
export function enterPhase(world: World, schedule: Schedule, phase: Phase): void {
  const subscription = world.get('subscription', schedule.subscription as string);
  const period = periodOf(subscription);
  const before = structuredClone(subscription.items);
  subscription.items.data = phase.items.map(({ price, quantity }): SubscriptionItem => {
    const priceId = price as string;
    const same = subscription.items.data.find((item) => item.price.id === priceId);
    const item = makeItem(world, subscription.id, world.get('price', priceId), quantity ?? 1);
    return {
      ...item,
      ...(same ? { id: same.id, created: same.created } : {}),
      current_period_start: period.start,
      current_period_end: period.end,
    };
  });
  if (phase.default_tax_rates) subscription.default_tax_rates = phase.default_tax_rates;
  schedule.current_phase = { start_date: phase.start_date, end_date: phase.end_date };
  raise(world, 'customer.subscription.updated', subscription, { items: before });
  raise(world, 'subscription_schedule.updated', schedule);
}

function phasesFrom(world: World, schedule: Schedule, given: readonly Params[]): Phase[] {
  let start = schedule.current_phase?.start_date ?? world.now;
  return given.map((phase) => {
    const from = integerOf(phase, 'start_date') ?? start;
    const items = (objectsOf(phase, 'items') ?? []).map((item) => ({
      price: world.get('price', neededText(item, 'price'), 'phases[items][price]').id,
      quantity: integerOf(item, 'quantity') ?? 1,
    }));
    if (items.length === 0)
      throw invalid('Missing required param: phases[items].', 'phases', 'parameter_missing');
    const end = integerOf(phase, 'end_date') ?? endOf(from, phase);
    if (end <= from) throw invalid('The end date of a phase must be after its start.', 'phases[end_date]');
    start = end;
    const trialEnd = integerOf(phase, 'trial_end') ?? null;
    const currency = world.find('price', items[0]?.price ?? '')?.currency ?? 'eur';
    const made = phaseOf(currency, { start: from, end }, items, trialEnd);
    made.default_tax_rates = taxRatesFrom(world, phase) ?? [];
    made.proration_behavior =
      wordOf(phase, 'proration_behavior', ['none', 'create_prorations', 'always_invoice']) ??
      'create_prorations';
    return made;
  });
}

function endOf(start: number, phase: Params): number {
  const duration = objectOf(phase, 'duration');
  if (!duration) throw invalid('The last phase needs an end: give end_date or duration.', 'phases[duration]');
  return periodAfter(start, start, {
    interval: textOf(duration, 'interval') ?? 'month',
    interval_count: integerOf(duration, 'interval_count') ?? 1,
  });
}

const phaseOf = (
  currency: string,
  { start, end }: { readonly start: number; readonly end: number },
  items: readonly { readonly price: string; readonly quantity: number }[],
  trialEnd: number | null,
): Phase => ({
  add_invoice_items: [],
  application_fee_percent: null,
  billing_cycle_anchor: null,
  billing_thresholds: null,
  collection_method: null,
  currency,
  default_payment_method: null,
  default_tax_rates: [],
  description: null,
  discounts: [],
  end_date: end,
  invoice_settings: null,
  items: items.map(({ price, quantity }) => ({
    billing_thresholds: null,
    discounts: [],
    metadata: {},
    plan: price,
    price,
    quantity,
    tax_rates: [],
  })),
  metadata: {},
  on_behalf_of: null,
  proration_behavior: 'create_prorations',
  start_date: start,
  transfer_data: null,
  trial_end: trialEnd !== null && trialEnd > start ? trialEnd : null,
});
