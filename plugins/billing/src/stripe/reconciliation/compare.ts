import type { StripeInvoice, StripeSubscription } from '../gatewayTypes.js';
import type { OurInvoice, OurSubscription } from './OurSide.js';
import type { Difference, DifferenceKind } from './StripeReport.js';

const isOver = ({ status }: StripeSubscription): boolean =>
  status === 'canceled' || status === 'incomplete_expired' || status === 'incomplete';

/** What is not the same about the subscriptions; those that are over on both sides say nothing. */
export function compareSubscriptions(
  ours: readonly OurSubscription[],
  stripes: readonly StripeSubscription[],
): Difference[] {
  const theirs = new Map(stripes.map((one) => [one.id, one]));
  const here = new Set(ours.map(({ stripeId }) => stripeId));
  const unknown = stripes
    .filter((one) => !isOver(one) && !here.has(one.id))
    .map((one) => differenceOf('subscription_only_at_stripe', null, one.id, null, one.status));
  return [
    ...ours.flatMap((one) => {
      const other = theirs.get(one.stripeId);
      return other
        ? compareOne(one, other)
        : [
            differenceOf(
              'subscription_only_here',
              one.merchantId,
              one.stripeId,
              one.statuses.join(' / '),
              null,
            ),
          ];
    }),
    ...unknown,
  ];
}

function compareOne(ours: OurSubscription, stripes: StripeSubscription): Difference[] {
  const found: Difference[] = [];
  const say = (kind: DifferenceKind, here: string, there: string): void => {
    found.push(differenceOf(kind, ours.merchantId, ours.stripeId, here, there));
  };
  if (!ours.statuses.includes(stripes.status))
    say('subscription_status', ours.statuses.join(' / '), stripes.status);
  if (isOver(stripes)) return found;
  if (secondsOf(ours.periodEnd) !== secondsOf(stripes.currentPeriodEnd))
    say('subscription_period', ours.periodEnd.toISOString(), stripes.currentPeriodEnd.toISOString());
  if (ours.cancelAtPeriodEnd !== stripes.cancelAtPeriodEnd)
    say('subscription_cancellation', String(ours.cancelAtPeriodEnd), String(stripes.cancelAtPeriodEnd));
  if (ours.items) {
    const here = listed(Object.entries(ours.items));
    const there = listed(stripes.items.map(({ priceId, quantity }) => [priceId, quantity]));
    if (here !== there) say('subscription_items', here, there);
  }
  return found;
}

/** Paid invoices of Stripe's for which nothing was issued, or something else. Those of nothing need none. */
export function compareInvoices(issued: readonly OurInvoice[], paid: readonly StripeInvoice[]): Difference[] {
  const ours = new Map(issued.map((one) => [one.stripeId, one]));
  return paid
    .filter(({ totalMinor }) => totalMinor !== 0)
    .flatMap((invoice) => {
      const one = ours.get(invoice.id);
      const net = `${invoice.subtotalMinor} ${invoice.currency}`;
      if (!one) return [differenceOf('invoice_not_issued', null, invoice.id, null, net)];
      return Math.abs(one.netMinor) === Math.abs(invoice.subtotalMinor)
        ? []
        : [differenceOf('invoice_amount', null, invoice.id, `${one.netMinor} ${invoice.currency}`, net)];
    });
}

export const differenceOf = (
  kind: DifferenceKind,
  merchantId: string | null,
  stripeId: string,
  ours: string | null,
  stripes: string | null,
  isMended = false,
): Difference => ({ kind, merchantId, stripeId, ours, stripes, isMended });

const secondsOf = (date: Date): number => Math.floor(date.getTime() / 1_000);

const listed = (items: readonly (readonly [string, number])[]): string =>
  items
    .map(([price, quantity]) => `${quantity} × ${price}`)
    .sort()
    .join(', ');
