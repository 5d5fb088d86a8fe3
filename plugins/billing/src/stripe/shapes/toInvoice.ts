import type Stripe from 'stripe';
import type {
  PaymentFailure,
  StripeInvoice,
  StripeInvoiceLine,
  StripeInvoiceStatus,
  StripeTax,
} from '../gatewayTypes.js';
import { failureOf } from '../stripeErrors.js';
import { dateOf, dateOrNull, idOf, idOrNull } from './times.js';

/** What must be asked for with an invoice, so that its payment problem can be told. */
export const INVOICE_EXPANSIONS = ['payments.data.payment.payment_intent'];

interface PaymentState {
  readonly problem: null | 'declined' | 'requires_action';
  readonly failure: PaymentFailure | null;
}

const NOTHING_WRONG: PaymentState = { problem: null, failure: null };

/** Why an invoice is not paid, by the last payment that was tried. */
export function paymentStateOf(invoice: Stripe.Invoice): PaymentState {
  if (invoice.status !== 'open') return NOTHING_WRONG;
  const intents = (invoice.payments?.data ?? []).flatMap(({ payment }) =>
    typeof payment.payment_intent === 'object' ? [payment.payment_intent] : [],
  );
  const intent = intents.at(-1);
  if (intent?.status === 'requires_action') return { problem: 'requires_action', failure: null };
  // Off session the bank cannot ask: the attempt fails, and the customer has to come back and confirm.
  if (intent?.last_payment_error?.code === 'authentication_required')
    return { problem: 'requires_action', failure: failureOf(intent.last_payment_error) };
  if (intent?.last_payment_error)
    return { problem: 'declined', failure: failureOf(intent.last_payment_error) };
  return invoice.attempt_count > 0 ? { problem: 'declined', failure: null } : NOTHING_WRONG;
}

export function toInvoice(invoice: Stripe.Invoice, lines: readonly Stripe.InvoiceLineItem[]): StripeInvoice {
  const { problem, failure } = paymentStateOf(invoice);
  const subscription = invoice.parent?.subscription_details;
  return {
    id: invoice.id,
    number: invoice.number,
    status: (invoice.status ?? 'draft') as StripeInvoiceStatus,
    customerId: idOrNull(invoice.customer) ?? '',
    subscriptionId: idOrNull(subscription?.subscription),
    reference: subscription?.metadata?.['reference'] ?? null,
    reason: invoice.billing_reason ?? 'manual',
    currency: invoice.currency.toUpperCase(),
    subtotalMinor: invoice.subtotal,
    taxMinor: taxOf(invoice.total_taxes),
    totalMinor: invoice.total,
    amountDueMinor: invoice.amount_due,
    amountPaidMinor: invoice.amount_paid,
    createdAt: dateOf(invoice.created),
    finalizedAt: dateOrNull(invoice.status_transitions.finalized_at),
    paidAt: dateOrNull(invoice.status_transitions.paid_at),
    periodStart: dateOf(invoice.period_start),
    periodEnd: dateOf(invoice.period_end),
    attemptCount: invoice.attempt_count,
    nextAttemptAt: dateOrNull(invoice.next_payment_attempt),
    paymentProblem: problem,
    paymentFailure: failure,
    hostedUrl: invoice.hosted_invoice_url ?? null,
    lines: lines.map(toLine),
    taxes: taxesOf(invoice.total_taxes),
  };
}

function toLine(line: Stripe.InvoiceLineItem): StripeInvoiceLine {
  return {
    id: line.id,
    description: line.description ?? '',
    amountMinor: line.amount,
    quantity: line.quantity,
    priceId: priceIdOf(line),
    proration: isProration(line),
    periodStart: dateOf(line.period.start),
    periodEnd: dateOf(line.period.end),
    taxes: taxesOf(line.taxes),
  };
}

export function priceIdOf({ pricing }: Stripe.InvoiceLineItem): string | null {
  const price = pricing?.price_details?.price;
  return price === undefined ? null : idOf(price);
}

export const isProration = ({ parent }: Stripe.InvoiceLineItem): boolean =>
  parent?.subscription_item_details?.proration ?? parent?.invoice_item_details?.proration ?? false;

type Tax = Pick<Stripe.Invoice.TotalTax, 'amount' | 'taxable_amount' | 'tax_rate_details'>;

/** Tax above the prices, which are without it. */
export const taxOf = (taxes: readonly Tax[] | null): number =>
  (taxes ?? []).reduce((sum, { amount }) => sum + amount, 0);

const taxesOf = (taxes: readonly Tax[] | null): StripeTax[] =>
  (taxes ?? []).map(({ amount, taxable_amount, tax_rate_details }) => ({
    taxRateId: tax_rate_details?.tax_rate ?? '',
    taxableMinor: taxable_amount ?? 0,
    taxMinor: amount,
  }));
