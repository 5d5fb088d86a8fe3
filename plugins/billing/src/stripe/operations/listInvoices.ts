import type Stripe from 'stripe';
import type { InvoicePage, StripeInvoice, StripeInvoiceStatus } from '../gatewayTypes.js';
import { secondsOf } from '../shapes/times.js';
import { INVOICE_EXPANSIONS, toInvoice } from '../shapes/toInvoice.js';
import { isMissing } from '../stripeErrors.js';
import { linesOf } from './linesOf.js';

export interface InvoiceFilter {
  readonly customerId?: string;
  readonly subscriptionId?: string;
  readonly status?: StripeInvoiceStatus | undefined;
  /** From then on, and until then; in whole seconds. */
  readonly createdAfter?: Date | undefined;
  readonly createdBefore?: Date | undefined;
  /** `nextAfter` of the page before. */
  readonly after?: string | undefined;
  /** `previousBefore` of the page after; not with `after`. */
  readonly before?: string | undefined;
  /** 1 to 100. */
  readonly limit?: number;
}

export async function listInvoices(stripe: Stripe, filter: InvoiceFilter): Promise<InvoicePage> {
  const { createdAfter, createdBefore, after, before } = filter;
  const { data, has_more } = await stripe.invoices.list({
    limit: filter.limit ?? 100,
    ...(filter.customerId === undefined ? {} : { customer: filter.customerId }),
    ...(filter.subscriptionId === undefined ? {} : { subscription: filter.subscriptionId }),
    ...(filter.status === undefined ? {} : { status: filter.status }),
    ...(createdAfter === undefined && createdBefore === undefined
      ? {}
      : {
          created: {
            ...(createdAfter && { gte: secondsOf(createdAfter) }),
            ...(createdBefore && { lte: secondsOf(createdBefore) }),
          },
        }),
    ...(after === undefined ? {} : { starting_after: after }),
    ...(before === undefined ? {} : { ending_before: before }),
  });
  const items: StripeInvoice[] = [];
  for (const invoice of data) items.push(toInvoice(invoice, await linesOf(stripe, invoice)));
  // Going back there is always something to return to; going on there is always something one came from.
  const hasOlder = before === undefined ? has_more : data.length > 0;
  const hasNewer = before === undefined ? after !== undefined : has_more;
  return {
    items,
    nextAfter: hasOlder ? (data.at(-1)?.id ?? null) : null,
    previousBefore: hasNewer ? (data[0]?.id ?? null) : null,
  };
}

/** Invoices with an id (`in_…`) or a number of Stripe's; none where there is none. */
export async function findInvoices(stripe: Stripe, wanted: string): Promise<readonly StripeInvoice[]> {
  const items: StripeInvoice[] = [];
  for (const invoice of await named(stripe, wanted))
    items.push(toInvoice(invoice, await linesOf(stripe, invoice)));
  return items;
}

async function named(stripe: Stripe, wanted: string): Promise<readonly Stripe.Invoice[]> {
  if (!/^in_\w+$/.test(wanted))
    return (await stripe.invoices.search({ query: `number:"${wanted.replaceAll(/["\\]/g, '')}"` })).data;
  try {
    return [await stripe.invoices.retrieve(wanted, { expand: INVOICE_EXPANSIONS })];
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
