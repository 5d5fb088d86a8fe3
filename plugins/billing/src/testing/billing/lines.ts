import { newId } from '../state/ids.js';
import type { InvoiceItem, InvoiceLine, Subscription, SubscriptionItem } from '../state/kinds.js';
import type { World } from '../state/World.js';
import { amountOf, productName, share } from './amounts.js';

interface LineParts {
  readonly item: SubscriptionItem;
  readonly subscription: string;
  readonly amount: number;
  readonly description: string;
  readonly start: number;
  readonly end: number;
  readonly proration: boolean;
}

const lineOf = ({
  item,
  subscription,
  amount,
  description,
  start,
  end,
  proration,
}: LineParts): InvoiceLine => ({
  id: newId('il'),
  object: 'line_item',
  amount,
  currency: item.price.currency,
  description,
  discount_amounts: [],
  discountable: !proration,
  discounts: [],
  invoice: null,
  livemode: false,
  metadata: {},
  parent: {
    type: 'subscription_item_details',
    invoice_item_details: null,
    subscription_item_details: {
      invoice_item: null,
      proration,
      proration_details: proration ? { credited_items: null } : null,
      subscription,
      subscription_item: item.id,
    },
  },
  period: { start, end },
  pretax_credit_amounts: [],
  pricing: {
    type: 'price_details',
    price_details: { price: item.price.id, product: item.price.product as string },
    unit_amount_decimal: String(item.price.unit_amount ?? 0),
  },
  quantity: item.quantity ?? 1,
  quantity_decimal: String(item.quantity ?? 1),
  subscription,
  subtotal: amount,
  taxes: [],
});

/** A whole period of an item. */
export function periodLine(
  world: World,
  subscription: string,
  item: SubscriptionItem,
  { start, end }: { readonly start: number; readonly end: number },
): InvoiceLine {
  const price = `€${((item.price.unit_amount ?? 0) / 100).toFixed(2)} / ${item.price.recurring?.interval ?? 'once'}`;
  return lineOf({
    item,
    subscription,
    amount: amountOf(item),
    description: `${item.quantity ?? 1} × ${productName(world, item.price)} (at ${price})`,
    start,
    end,
    proration: false,
  });
}

export const trialLine = (
  world: World,
  subscription: string,
  item: SubscriptionItem,
  { start, end }: { readonly start: number; readonly end: number },
): InvoiceLine =>
  lineOf({
    item,
    subscription,
    amount: 0,
    description: `Trial period for ${productName(world, item.price)}`,
    start,
    end,
    proration: false,
  });

/** What is left of an item's period, given back. */
export const unusedLine = (world: World, subscription: string, item: SubscriptionItem): InvoiceLine =>
  lineOf({
    item,
    subscription,
    amount: -restOf(world, item, item),
    description: `Unused time on ${productName(world, item.price)} after ${dayOf(world.now)}`,
    start: world.now,
    end: item.current_period_end,
    proration: true,
  });

/** The rest of the running period of an item that is new. */
export const remainingLine = (world: World, subscription: string, item: SubscriptionItem): InvoiceLine =>
  lineOf({
    item,
    subscription,
    amount: restOf(world, item, item),
    description: `Remaining time on ${productName(world, item.price)} after ${dayOf(world.now)}`,
    start: world.now,
    end: item.current_period_end,
    proration: true,
  });

const restOf = (
  world: World,
  item: SubscriptionItem,
  { current_period_start: start, current_period_end: end }: SubscriptionItem,
): number => share(amountOf(item), Math.max(0, end - world.now), end - start);

/** A line of an invoice item that waited for the next invoice. */
export const itemLine = (item: InvoiceItem): InvoiceLine => ({
  id: newId('il'),
  object: 'line_item',
  amount: item.amount,
  currency: item.currency,
  description: item.description,
  discount_amounts: [],
  discountable: item.discountable,
  discounts: [],
  invoice: null,
  livemode: false,
  metadata: item.metadata ?? {},
  parent: {
    type: 'invoice_item_details',
    subscription_item_details: null,
    invoice_item_details: {
      invoice_item: item.id,
      proration: item.proration,
      proration_details: null,
      subscription: item.parent?.subscription_details?.subscription ?? null,
    },
  },
  period: item.period,
  pretax_credit_amounts: [],
  pricing: item.pricing as InvoiceLine['pricing'],
  quantity: item.quantity,
  quantity_decimal: String(item.quantity),
  subscription: item.parent?.subscription_details?.subscription ?? null,
  subtotal: item.amount,
  taxes: [],
});

const dayOf = (seconds: number): string =>
  new Intl.DateTimeFormat('en-GB', {
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(seconds * 1_000);

export const periodOf = ({ items }: Subscription): { readonly start: number; readonly end: number } => ({
  start: items.data[0]?.current_period_start ?? 0,
  end: items.data[0]?.current_period_end ?? 0,
});
