import type Stripe from 'stripe';
import type { ItemInput } from '../gatewayTypes.js';

export interface PlannedItems {
  readonly subscriptionId: string;
  readonly items: readonly ItemInput[];
  readonly idempotencyKey: string;
}

/** Writes a schedule of two phases: what runs until the period's end, and the new items after it. */
export async function planItems(
  stripe: Stripe,
  { subscriptionId, items, idempotencyKey }: PlannedItems,
): Promise<void> {
  const current = await stripe.subscriptions.retrieve(subscriptionId, { expand: ['schedule'] });
  const schedule =
    activeScheduleOf(current) ??
    (await stripe.subscriptionSchedules.create(
      { from_subscription: subscriptionId },
      { idempotencyKey: `${idempotencyKey}:schedule` },
    ));
  await stripe.subscriptionSchedules.update(
    schedule.id,
    {
      end_behavior: 'release',
      proration_behavior: 'none',
      phases: [runningPhase(current, schedule), nextPhase(current, items)],
    },
    { idempotencyKey },
  );
}

/** The schedule that has the subscription in hand; undefined where there is none. */
export const activeScheduleOf = ({
  schedule,
}: Stripe.Subscription): Stripe.SubscriptionSchedule | undefined =>
  typeof schedule === 'object' &&
  schedule !== null &&
  (schedule.status === 'active' || schedule.status === 'not_started')
    ? schedule
    : undefined;

type Phase = NonNullable<Stripe.SubscriptionScheduleUpdateParams['phases']>[number];

const runningPhase = (current: Stripe.Subscription, schedule: Stripe.SubscriptionSchedule): Phase => ({
  start_date: schedule.current_phase?.start_date ?? current.start_date,
  end_date: current.items.data[0]?.current_period_end ?? 'now',
  ...(current.status === 'trialing' && current.trial_end !== null ? { trial_end: current.trial_end } : {}),
  default_tax_rates: taxRatesOf(current),
  items: current.items.data.map(({ price, quantity }) => ({ price: price.id, quantity: quantity ?? 1 })),
});

const nextPhase = (current: Stripe.Subscription, items: readonly ItemInput[]): Phase => ({
  default_tax_rates: taxRatesOf(current),
  proration_behavior: 'none',
  duration: { interval: intervalOf(current), interval_count: 1 },
  items: items.map(({ priceId, quantity }) => ({ price: priceId, quantity })),
});

const taxRatesOf = ({ default_tax_rates }: Stripe.Subscription): string[] =>
  (default_tax_rates ?? []).map(({ id }) => id);

const intervalOf = ({ items }: Stripe.Subscription): 'month' | 'year' =>
  items.data[0]?.price.recurring?.interval === 'year' ? 'year' : 'month';
