import type Stripe from 'stripe';
import type { ItemInput } from '../gatewayTypes.js';

/** One entry of `items` in an update: a new item, a changed one, or one to take away. */
export type ItemChange =
  | { readonly price: string; readonly quantity: number }
  | { readonly id: string; readonly quantity: number }
  | { readonly id: string; readonly deleted: true };

/**
 * What to tell Stripe so that a subscription has exactly the wanted items.
 *
 * Items are the same when their price is: they keep their id and only change their quantity.
 */
export function itemChanges(
  current: readonly Pick<Stripe.SubscriptionItem, 'id' | 'price' | 'quantity'>[],
  wanted: readonly ItemInput[],
): ItemChange[] {
  const kept = new Set<string>();
  const changes = wanted.flatMap(({ priceId, quantity }): ItemChange[] => {
    const item = current.find(({ id, price }) => price.id === priceId && !kept.has(id));
    if (!item) return [{ price: priceId, quantity }];
    kept.add(item.id);
    return (item.quantity ?? 1) === quantity ? [] : [{ id: item.id, quantity }];
  });
  const gone = current.filter(({ id }) => !kept.has(id));
  return [...gone.map(({ id }): ItemChange => ({ id, deleted: true })), ...changes];
}
