import { chargeCard, type Outcome } from '../cards/charge.js';
import { ApiError, invalid } from '../http/ApiError.js';
import { shown } from '../http/shown.js';
import { randomText } from '../state/ids.js';
import type { Invoice, PaymentIntent, PaymentMethod } from '../state/kinds.js';
import type { World } from '../state/World.js';
import { balanceAfter } from './makeInvoice.js';
import { invoiceFailed, invoicePaid } from './outcomes.js';
import { raise } from './raise.js';

const DAY = 86_400;
/** Days after a failed attempt at which it is tried again; after the last the subscription ends. */
const RETRY_DAYS = [3, 5, 7];

/** Gives a draft its number; from here on it is owed. What costs nothing is paid at once. */
export function finalize(world: World, invoice: Invoice): void {
  if (invoice.status !== 'draft')
    throw invalid(
      `This invoice is already finalized, you can't re-finalize a non-draft invoice.`,
      undefined,
      'invoice_not_editable',
    );
  const customer = world.get('customer', invoice.customer as string);
  const sequence = customer.next_invoice_sequence ?? 1;
  customer.next_invoice_sequence = sequence + 1;
  invoice.number = `${customer.invoice_prefix ?? 'LOCAL'}-${String(sequence).padStart(4, '0')}`;
  invoice.status = 'open';
  invoice.automatically_finalizes_at = null;
  invoice.effective_at = world.now;
  invoice.status_transitions.finalized_at = world.now;
  invoice.hosted_invoice_url = `${world.origin}/v3/invoice/${invoice.id}`;
  invoice.invoice_pdf = null;
  customer.balance = balanceAfter(invoice, customer.balance);
  invoice.ending_balance = customer.balance;
  if (invoice.amount_due > 0) addIntent(world, invoice);
  raise(world, 'invoice.finalized', invoice);
  if (invoice.amount_due === 0) invoicePaid(world, invoice);
}

/** Tries to take what is owed. @returns undefined where nothing is owed (any more) */
export function collect(world: World, invoice: Invoice, given?: PaymentMethod): Outcome | undefined {
  if (invoice.status !== 'open') return undefined;
  const intent = intentOf(world, invoice);
  const method = given ?? defaultMethodOf(world, invoice);
  invoice.attempted = true;
  invoice.attempt_count += 1;
  const outcome = method ? chargeCard(world, intent, method) : 'declined';
  afterAttempt(world, invoice, outcome);
  return outcome;
}

/** What an attempt leads to, also one that the customer confirmed later. */
export function afterAttempt(world: World, invoice: Invoice, outcome: Outcome): void {
  if (outcome === 'succeeded') {
    settlePayment(world, invoice);
    invoicePaid(world, invoice);
    return;
  }
  invoice.next_payment_attempt = nextAttempt(world, invoice);
  invoiceFailed(world, invoice, outcome);
}

/** @throws {ApiError} as `pay` answers when the card is refused or wants to be confirmed; what happened stays */
export function refuse(world: World, invoice: Invoice, outcome: Outcome): never {
  const intent = intentOf(world, invoice);
  if (outcome === 'requires_action')
    throw new ApiError(
      402,
      {
        type: 'card_error',
        code: 'invoice_payment_intent_requires_action',
        message:
          'Payment for this invoice requires additional user action before it can be completed successfully.',
        payment_intent: shown(intent),
      },
      true,
    );
  const error = intent.last_payment_error;
  if (!error)
    throw new ApiError(
      400,
      {
        type: 'invalid_request_error',
        code: 'resource_missing',
        message:
          'This customer has no attached payment source or default payment method. Please consider adding a default payment method.',
      },
      true,
    );
  throw new ApiError(
    402,
    {
      type: 'card_error',
      code: error.code ?? 'card_declined',
      message: error.message ?? 'Your card was declined.',
      ...(error.decline_code === undefined ? {} : { decline_code: error.decline_code }),
      payment_intent: shown(intent),
    },
    true,
  );
}

export function intentOf(world: World, invoice: Invoice): PaymentIntent {
  const found = world.all('payment_intent').find(({ _invoice }) => _invoice === invoice.id);
  return world.get('payment_intent', found?.id ?? '');
}

export function defaultMethodOf(
  world: World,
  invoice: Pick<Invoice, 'customer' | 'parent' | 'default_payment_method'>,
): PaymentMethod | undefined {
  const subscription = invoice.parent?.subscription_details?.subscription as string | undefined;
  const id =
    invoice.default_payment_method ??
    (subscription === undefined ? null : world.find('subscription', subscription)?.default_payment_method) ??
    world.find('customer', invoice.customer as string)?.invoice_settings.default_payment_method;
  return typeof id === 'string' && world.find('payment_method', id)
    ? world.get('payment_method', id)
    : undefined;
}

function settlePayment(world: World, invoice: Invoice): void {
  invoice.amount_paid = invoice.amount_due;
  const payment = world.all('invoice_payment').find((one) => one.invoice === invoice.id);
  if (!payment) return;
  const paid = world.get('invoice_payment', payment.id);
  paid.status = 'paid';
  paid.amount_paid = invoice.amount_due;
  paid.status_transitions.paid_at = world.now;
  raise(world, 'invoice_payment.paid', paid);
}

/** The first invoice of a subscription, and that of a change, wait for the customer; others are tried again. */
function nextAttempt(world: World, invoice: Invoice): number | null {
  if (invoice.billing_reason !== 'subscription_cycle') return null;
  const days = RETRY_DAYS[invoice.attempt_count - 1];
  return days === undefined ? null : world.now + days * DAY;
}

function addIntent(world: World, invoice: Invoice): void {
  const id = world.newId('payment_intent');
  world.add('payment_intent', {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: invoice.amount_due,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic',
    client_secret: `${id}_secret_${randomText(24)}`,
    confirmation_method: 'automatic',
    created: world.now,
    currency: invoice.currency,
    customer: invoice.customer,
    customer_account: null,
    description: `Payment for Invoice ${invoice.number ?? ''}`,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: 'off_session',
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
    _invoice: invoice.id,
  } satisfies PaymentIntent);
  world.add('invoice_payment', {
    id: world.newId('invoice_payment'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: world.now,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { type: 'payment_intent', payment_intent: id },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  });
}
