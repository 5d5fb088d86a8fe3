import type Stripe from 'stripe';
import type { InvoicePreview } from '../gatewayTypes.js';
import { dateOf } from './times.js';
import { isProration, priceIdOf, taxOf } from './toInvoice.js';

export const toPreview = (
  invoice: Stripe.Invoice,
  lines: readonly Stripe.InvoiceLineItem[],
): InvoicePreview => ({
  lines: lines.map((line) => ({
    description: line.description ?? '',
    priceId: priceIdOf(line),
    quantity: line.quantity,
    amountMinor: line.amount,
    proration: isProration(line),
    periodStart: dateOf(line.period.start),
    periodEnd: dateOf(line.period.end),
  })),
  subtotalMinor: invoice.subtotal,
  taxMinor: taxOf(invoice.total_taxes),
  totalMinor: invoice.total,
  currency: invoice.currency.toUpperCase(),
  dueAt: dateOf(invoice.next_payment_attempt ?? invoice.created),
});
