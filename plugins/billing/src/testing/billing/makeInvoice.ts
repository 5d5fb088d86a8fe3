import type { Customer, Invoice, InvoiceLine, Subscription, TaxRate } from '../state/kinds.js';
import type { World } from '../state/World.js';
import { taxesOf } from './amounts.js';
import { itemLine } from './lines.js';
import { raise } from './raise.js';

interface InvoiceParts {
  readonly customer: Customer;
  readonly subscription: Subscription | null;
  readonly reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update' | 'manual';
  readonly lines: readonly InvoiceLine[];
  readonly period: { readonly start: number; readonly end: number };
  readonly currency: string;
  readonly autoAdvance?: boolean;
  /** Takes what waits for the customer's next invoice along. */
  readonly withWaitingItems?: boolean;
}

/** A draft, with its totals. */
export function makeInvoice(world: World, parts: InvoiceParts): Invoice {
  const { customer, subscription } = parts;
  const invoice = world.add('invoice', blank(world, parts));
  invoice._lines = parts.lines.map((line) => ({ ...line, invoice: invoice.id }));
  if (parts.withWaitingItems) takeWaitingItems(world, invoice);
  const rates = (subscription?.default_tax_rates ?? []) as TaxRate[];
  for (const line of invoice._lines) line.taxes = taxesOf(line.amount, rates, customer.tax_exempt ?? 'none');
  settle(invoice, customer);
  raise(world, 'invoice.created', invoice);
  return invoice;
}

/** Sums the lines up, and sets the customer's credit off. */
function settle(invoice: Invoice, customer: Customer): void {
  const lines = invoice._lines;
  const sum = (of: (line: InvoiceLine) => number): number =>
    lines.reduce((total, line) => total + of(line), 0);
  const totals = new Map<string, NonNullable<Invoice['total_taxes']>[number]>();
  for (const tax of lines.flatMap(({ taxes }) => taxes ?? [])) {
    const rate = tax.tax_rate_details?.tax_rate ?? '';
    const before = totals.get(rate);
    if (before) {
      before.amount += tax.amount;
      before.taxable_amount = (before.taxable_amount ?? 0) + (tax.taxable_amount ?? 0);
    } else totals.set(rate, structuredClone(tax) as NonNullable<Invoice['total_taxes']>[number]);
  }
  invoice.total_taxes = [...totals.values()];
  const exclusive = invoice.total_taxes
    .filter(({ tax_behavior }) => tax_behavior === 'exclusive')
    .reduce((total, { amount }) => total + amount, 0);
  const tax = invoice.total_taxes.reduce((total, { amount }) => total + amount, 0);
  invoice.subtotal = sum(({ amount }) => amount);
  invoice.total = invoice.subtotal + exclusive;
  invoice.total_excluding_tax = invoice.total - tax;
  invoice.subtotal_excluding_tax = invoice.subtotal - (tax - exclusive);
  invoice.starting_balance = customer.balance;
  const applied = invoice.total + customer.balance;
  invoice.amount_due = invoice.total > 0 ? Math.max(0, applied) : 0;
  invoice.amount_remaining = invoice.amount_due;
}

/** What the customer's credit is after this invoice. */
export const balanceAfter = ({ total, amount_due }: Invoice, balance: number): number =>
  balance + total - amount_due;

function takeWaitingItems(world: World, invoice: Invoice): void {
  const waiting = world
    .all('invoiceitem')
    .filter(({ customer, invoice: taken }) => customer === invoice.customer && taken === null)
    .reverse();
  for (const { id } of waiting) {
    const item = world.get('invoiceitem', id);
    item.invoice = invoice.id;
    invoice._lines.push({ ...itemLine(item), invoice: invoice.id });
  }
}

function blank(world: World, parts: InvoiceParts): Invoice {
  const { customer, subscription, reason, period, currency } = parts;
  return {
    id: world.newId('invoice'),
    object: 'invoice',
    account_country: 'LU',
    account_name: 'Wizamart',
    account_tax_ids: null,
    amount_due: 0,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: parts.autoAdvance ?? true,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null,
    billing_reason: reason,
    collection_method: 'charge_automatically',
    created: world.now,
    currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: null,
    customer_shipping: null,
    customer_tax_exempt: customer.tax_exempt ?? 'none',
    customer_tax_ids: world
      .all('tax_id')
      .filter((taxId) => taxId.customer === customer.id)
      .map(({ type, value }) => ({ type: type as 'eu_vat', value })),
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: 'list', data: [], has_more: false, url: '' },
    livemode: false,
    metadata: {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: subscription
      ? {
          type: 'subscription_details',
          quote_details: null,
          subscription_details: { metadata: { ...subscription.metadata }, subscription: subscription.id },
        }
      : null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: period.end,
    period_start: period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    test_clock: customer.test_clock ?? null,
    total: 0,
    total_discount_amounts: [],
    total_excluding_tax: 0,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: world.now,
    _lines: [],
  } satisfies Invoice;
}
