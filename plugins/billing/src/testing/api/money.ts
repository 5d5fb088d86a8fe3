import type Stripe from 'stripe';
import { raise } from '../billing/raise.js';
import { invalid } from '../http/ApiError.js';
import { LIST_PARAMS, listPage } from '../http/listPage.js';
import { integerOf, metadataOf, neededText, textOf, wordOf } from '../http/read.js';
import type { ApiRoute, Call } from '../http/routes.js';
import type { CreditNote, Refund } from '../state/kinds.js';
import type { Wire } from '../state/wire.js';
import type { World } from '../state/World.js';

const REASONS = ['duplicate', 'fraudulent', 'requested_by_customer'] as const;

/** Payments that were made, money that goes back. */
export const moneyRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: '/v1/payment_intents/:id',
    params: ['client_secret'],
    isPublic: true,
    handle: ({ world, id }) => world.find('payment_intent', id) ?? world.get('payment_intent', id, 'intent'),
  },
  {
    method: 'GET',
    path: '/v1/payment_intents',
    params: [...LIST_PARAMS, 'customer'],
    handle: (call) => ofCustomer(call, call.world.all('payment_intent')),
  },
  {
    method: 'GET',
    path: '/v1/charges/:id',
    params: [],
    handle: ({ world, id }) => world.find('charge', id) ?? world.get('charge', id, 'charge'),
  },
  {
    method: 'GET',
    path: '/v1/charges',
    params: [...LIST_PARAMS, 'customer'],
    handle: (call) => ofCustomer(call, call.world.all('charge')),
  },
  {
    method: 'POST',
    path: '/v1/refunds',
    params: ['charge', 'payment_intent', 'amount', 'reason', 'metadata'],
    handle: ({ world, params }) => {
      const intent = textOf(params, 'payment_intent');
      const chargeId =
        textOf(params, 'charge') ?? (intent === undefined ? undefined : latestCharge(world, intent));
      if (chargeId === undefined)
        throw invalid('One of the following params should be provided: payment_intent or charge.');
      return refund(
        world,
        chargeId,
        integerOf(params, 'amount'),
        wordOf(params, 'reason', REASONS),
        metadataOf(params),
      );
    },
  },
  {
    method: 'GET',
    path: '/v1/refunds',
    params: [...LIST_PARAMS, 'charge', 'payment_intent'],
    handle: ({ world, params, url }) => {
      const charge = textOf(params, 'charge');
      return listPage(
        world.all('refund').filter((one) => charge === undefined || one.charge === charge),
        params,
        url,
      );
    },
  },
  {
    method: 'GET',
    path: '/v1/refunds/:id',
    params: [],
    handle: ({ world, id }) => world.find('refund', id) ?? world.get('refund', id),
  },
  {
    method: 'POST',
    path: '/v1/credit_notes',
    params: ['invoice', 'amount', 'reason', 'memo', 'metadata', 'refund_amount', 'credit_amount'],
    handle: ({ world, params }) => creditNote(world, params),
  },
  {
    method: 'GET',
    path: '/v1/credit_notes',
    params: [...LIST_PARAMS, 'invoice', 'customer'],
    handle: ({ world, params, url }) => {
      const of = textOf(params, 'invoice');
      return listPage(
        world.all('credit_note').filter(({ invoice }) => of === undefined || invoice === of),
        params,
        url,
      );
    },
  },
];

function ofCustomer(
  { params, url }: Call,
  found: readonly { id: string; created: number; customer: unknown }[],
) {
  const owner = textOf(params, 'customer');
  return listPage(
    found.filter(({ customer }) => owner === undefined || customer === owner),
    params,
    url,
  );
}

function latestCharge(world: World, intentId: string): string {
  const intent =
    world.find('payment_intent', intentId) ?? world.get('payment_intent', intentId, 'payment_intent');
  if (typeof intent.latest_charge !== 'string')
    throw invalid('This PaymentIntent does not have a successful charge to refund.');
  return intent.latest_charge;
}

function refund(
  world: World,
  chargeId: string,
  given: number | undefined,
  reason: (typeof REASONS)[number] | undefined,
  metadata: Record<string, string>,
): Refund {
  const charge = world.get('charge', chargeId, 'charge');
  const left = charge.amount_captured - charge.amount_refunded;
  if (left === 0)
    throw invalid(`Charge ${chargeId} has already been refunded.`, undefined, 'charge_already_refunded');
  const amount = given ?? left;
  if (amount <= 0 || amount > left)
    throw invalid(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
      'amount',
    );
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount_captured;
  const made = world.add('refund', {
    id: world.newId('refund'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: world.now,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  } satisfies Refund);
  raise(world, 'refund.created', made);
  raise(world, 'charge.refunded', charge);
  return made;
}

function creditNote(world: World, params: Call['params']): CreditNote {
  const invoice = world.get('invoice', neededText(params, 'invoice'), 'invoice');
  world.follow(invoice);
  if (invoice.status !== 'open' && invoice.status !== 'paid')
    throw invalid('A credit note can only be created for a finalized invoice.', 'invoice');
  const amount = integerOf(params, 'amount') ?? invoice.total;
  const credited = invoice.pre_payment_credit_notes_amount + invoice.post_payment_credit_notes_amount;
  if (amount <= 0 || amount > invoice.total - credited)
    throw invalid('The sum of credit amounts is greater than the amount that can be credited.', 'amount');
  const isPaid = invoice.status === 'paid';
  const refundAmount = isPaid ? (integerOf(params, 'refund_amount') ?? 0) : 0;
  const customer = world.get('customer', invoice.customer as string);
  if (isPaid) {
    invoice.post_payment_credit_notes_amount += amount;
    customer.balance -= amount - refundAmount;
  } else {
    invoice.pre_payment_credit_notes_amount += amount;
    invoice.amount_due = Math.max(0, invoice.amount_due - amount);
    invoice.amount_remaining = invoice.amount_due;
  }
  const charge = world
    .all('charge')
    .find((one) => one.paid && one.payment_intent === intentIdOf(world, invoice.id));
  const refunds: Wire<Stripe.CreditNote>['refunds'] =
    refundAmount > 0 && charge
      ? [
          {
            amount_refunded: refundAmount,
            payment_record_refund: null,
            refund: refund(world, charge.id, refundAmount, undefined, {}).id,
            type: null,
          },
        ]
      : [];
  const count = world.all('credit_note').filter((one) => one.invoice === invoice.id).length + 1;
  const note = world.add('credit_note', {
    id: world.newId('credit_note'),
    object: 'credit_note',
    amount,
    amount_shipping: 0,
    created: world.now,
    currency: invoice.currency,
    customer: customer.id,
    customer_account: null,
    customer_balance_transaction: null,
    discount_amount: 0,
    discount_amounts: [],
    effective_at: world.now,
    invoice: invoice.id,
    lines: { object: 'list', data: [], has_more: false, url: '' },
    livemode: false,
    memo: textOf(params, 'memo') ?? null,
    metadata: metadataOf(params),
    number: `${invoice.number ?? ''}-CN-${String(count).padStart(2, '0')}`,
    out_of_band_amount: null,
    pdf: '',
    post_payment_amount: isPaid ? amount : 0,
    pre_payment_amount: isPaid ? 0 : amount,
    pretax_credit_amounts: [],
    reason: null,
    refunds,
    shipping_cost: null,
    status: 'issued',
    subtotal: amount,
    subtotal_excluding_tax: null,
    total: amount,
    total_excluding_tax: null,
    total_taxes: [],
    type: isPaid ? 'post_payment' : 'pre_payment',
    voided_at: null,
  } satisfies CreditNote);
  raise(world, 'credit_note.created', note);
  return note;
}

const intentIdOf = (world: World, invoiceId: string): string | undefined =>
  world.all('payment_intent').find(({ _invoice }) => _invoice === invoiceId)?.id;
