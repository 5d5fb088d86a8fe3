import type Stripe from 'stripe';
import type { InvoicePreview, PreviewInput } from '../gatewayTypes.js';
import { itemChanges } from '../shapes/itemChanges.js';
import { toPreview } from '../shapes/toPreview.js';
import { linesOf } from './linesOf.js';

/** The invoice that would come: of a new subscription, of a change, or the next regular one. */
export async function previewInvoice(stripe: Stripe, input: PreviewInput): Promise<InvoicePreview> {
  const { subscriptionId } = input;
  const current = subscriptionId === null ? null : await stripe.subscriptions.retrieve(subscriptionId);
  const items = changesOf(current, input);
  const proration = input.when === 'period_end' ? 'none' : 'always_invoice';
  const invoice = await stripe.invoices.createPreview({
    customer: input.customerId,
    ...(subscriptionId === null ? {} : { subscription: subscriptionId }),
    subscription_details: {
      ...(items.length === 0 ? {} : { items }),
      ...(current && items.length > 0 ? { proration_behavior: proration } : {}),
      default_tax_rates: [...input.taxRateIds],
    },
  });
  return toPreview(invoice, await linesOf(stripe, invoice));
}

function changesOf(current: Stripe.Subscription | null, { items }: PreviewInput) {
  if (items === null) return [];
  return current
    ? itemChanges(current.items.data, items)
    : items.map(({ priceId, quantity }) => ({ price: priceId, quantity }));
}
