import type { InvoiceLine, Subscription, SubscriptionItem } from '../state/kinds.js';
import type { World } from '../state/World.js';
import { intervalKey } from './items.js';
import { periodLine, periodOf, remainingLine, unusedLine } from './lines.js';
import { periodAfter } from './periods.js';

/** What other items mean: their periods, and the lines that even out the rest of the period. */
export interface ItemChange {
  readonly items: SubscriptionItem[];
  readonly anchor: number;
  readonly lines: readonly InvoiceLine[];
}

/**
 * Works out a change of items now.
 *
 * What is left of the old items is given back and what is left of the new ones charged, to the second. Another
 * interval starts a new period at once. In a trial nothing is charged.
 */
export function planChange(
  world: World,
  subscription: Subscription,
  wanted: readonly SubscriptionItem[],
): ItemChange {
  const before = subscription.items.data;
  const inTrial = subscription.status === 'trialing';
  const restarts =
    !inTrial && intervalKey(before[0] as SubscriptionItem) !== intervalKey(wanted[0] as SubscriptionItem);
  const anchor = restarts ? world.now : subscription.billing_cycle_anchor;
  const period = restarts ? newPeriod(world, wanted[0] as SubscriptionItem) : periodOf(subscription);
  const items = wanted.map((item) => ({
    ...structuredClone(item),
    current_period_start: period.start,
    current_period_end: period.end,
  }));
  if (inTrial) return { items, anchor, lines: [] };
  const kept = new Set(restarts ? [] : wanted.filter((item) => before.includes(item)).map(({ id }) => id));
  const gone = before.filter(({ id }) => !kept.has(id));
  const come = items.filter(({ id }) => !kept.has(id));
  const lines = [
    ...gone.map((item) => unusedLine(world, subscription.id, item)),
    ...come.map((item) =>
      restarts
        ? periodLine(world, subscription.id, item, period)
        : remainingLine(world, subscription.id, item),
    ),
  ];
  return { items, anchor, lines };
}

function newPeriod(
  world: World,
  { price }: SubscriptionItem,
): { readonly start: number; readonly end: number } {
  const recurring = price.recurring as NonNullable<typeof price.recurring>;
  return { start: world.now, end: periodAfter(world.now, world.now, recurring) };
}
