import { invalid } from '../http/ApiError.js';
import type { Params } from '../http/formBody.js';
import { booleanOf, integerOf, neededText, objectsOf, textOf } from '../http/read.js';
import type { Price, SubscriptionItem } from '../state/kinds.js';
import { newId } from '../state/ids.js';
import type { World } from '../state/World.js';

/** A new item of a subscription; its period is set by whoever starts it. */
export function makeItem(
  world: World,
  subscription: string,
  price: Price,
  quantity: number,
): SubscriptionItem {
  if (!price.recurring)
    throw invalid(
      'The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.',
      'items',
    );
  return {
    id: newId('si'),
    object: 'subscription_item',
    billing_thresholds: null,
    created: world.now,
    current_period_end: 0,
    current_period_start: 0,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: {
      id: price.id,
      object: 'plan',
      active: price.active,
      amount: price.unit_amount,
      amount_decimal: price.unit_amount_decimal,
      billing_scheme: 'per_unit',
      created: price.created,
      currency: price.currency,
      interval: price.recurring.interval,
      interval_count: price.recurring.interval_count,
      livemode: false,
      metadata: {},
      meter: null,
      nickname: null,
      product: price.product as string,
      tiers_mode: null,
      transform_usage: null,
      trial_period_days: null,
      usage_type: 'licensed',
    },
    price: visible(price),
    quantity,
    subscription,
    tax_rates: [],
  } satisfies SubscriptionItem;
}

export function itemsFrom(
  world: World,
  subscription: string,
  params: Params,
  name = 'items',
): SubscriptionItem[] {
  const given = objectsOf(params, name);
  if (!given || given.length === 0)
    throw invalid(`Missing required param: ${name}.`, name, 'parameter_missing');
  const items = given.map((entry) =>
    makeItem(
      world,
      subscription,
      world.get('price', neededText(entry, 'price'), `${name}[price]`),
      quantityOf(entry),
    ),
  );
  return oneInterval(items);
}

/**
 * The items after an update's `items`: entries with an `id` change or delete, others add.
 *
 * Items whose price and quantity stay the same are the same objects as before.
 */
export function changedItems(
  world: World,
  { id, items }: { readonly id: string; readonly items: { readonly data: SubscriptionItem[] } },
  entries: readonly Params[],
): SubscriptionItem[] {
  let result = [...items.data];
  for (const entry of entries) {
    const itemId = textOf(entry, 'id');
    const price = textOf(entry, 'price');
    if (itemId === undefined) {
      result.push(
        makeItem(
          world,
          id,
          world.get('price', neededText(entry, 'price'), 'items[price]'),
          quantityOf(entry),
        ),
      );
      continue;
    }
    const before = result.find((item) => item.id === itemId);
    if (!before) throw invalid(`No such subscription item: '${itemId}'`, 'items[id]', 'resource_missing');
    if (booleanOf(entry, 'deleted')) {
      result = result.filter((item) => item !== before);
      continue;
    }
    const after = makeItem(
      world,
      id,
      price === undefined ? (before.price as Price) : world.get('price', price, 'items[price]'),
      integerOf(entry, 'quantity') ?? before.quantity ?? 1,
    );
    after.id = before.id;
    after.created = before.created;
    result = result.map((item) => (item === before ? after : item));
  }
  if (result.length === 0) throw invalid('A subscription must have at least one active plan.', 'items');
  return oneInterval(result);
}

export const intervalKey = ({ price }: SubscriptionItem): string =>
  `${price.recurring?.interval ?? ''} ${price.recurring?.interval_count ?? 1}`;

function oneInterval(items: SubscriptionItem[]): SubscriptionItem[] {
  if (new Set(items.map(intervalKey)).size > 1)
    throw invalid('Currently, all plans on a subscription must have the same billing interval.', 'items');
  if (new Set(items.map(({ price }) => price.currency)).size > 1)
    throw invalid('All prices of a subscription must have the same currency.', 'items');
  if (new Set(items.map(({ price }) => price.id)).size < items.length)
    throw invalid('Cannot add multiple subscription items with the same plan.', 'items');
  return items;
}

function quantityOf(entry: Params): number {
  const quantity = integerOf(entry, 'quantity') ?? 1;
  if (quantity < 0)
    throw invalid('Invalid non-negative integer', 'items[quantity]', 'parameter_invalid_integer');
  return quantity;
}

function visible(price: Price): Price {
  const { _order, ...rest } = structuredClone(price);
  return rest;
}
