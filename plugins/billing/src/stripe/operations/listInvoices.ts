import type Stripe from 'stripe';
import type { StripeInvoice, StripePage } from '../gatewayTypes.js';
import { secondsOf } from '../shapes/times.js';
import { toInvoice } from '../shapes/toInvoice.js';
import { linesOf } from './linesOf.js';

export interface InvoiceFilter {
  readonly customerId?: string;
  readonly subscriptionId?: string;
  readonly createdAfter?: Date;
  /** `nextAfter` of the page before. */
  readonly after?: string;
  /** 1 to 100. */
  readonly limit?: number;
}

export async function listInvoices(
  stripe: Stripe,
  filter: InvoiceFilter,
): Promise<StripePage<StripeInvoice>> {
  const { data, has_more } = await stripe.invoices.list({
    limit: filter.limit ?? 100,
    ...(filter.customerId === undefined ? {} : { customer: filter.customerId }),
    ...(filter.subscriptionId === undefined ? {} : { subscription: filter.subscriptionId }),
    ...(filter.createdAfter === undefined ? {} : { created: { gte: secondsOf(filter.createdAfter) } }),
    ...(filter.after === undefined ? {} : { starting_after: filter.after }),
  });
  const items: StripeInvoice[] = [];
  for (const invoice of data) items.push(toInvoice(invoice, await linesOf(stripe, invoice)));
  return { items, nextAfter: has_more ? (data.at(-1)?.id ?? null) : null };
}
