import type Stripe from 'stripe';
import type { Wire } from '../state/wire.js';
import type { Charge, PaymentIntent, PaymentMethod } from '../state/kinds.js';
import type { World } from '../state/World.js';
import { raise } from '../billing/raise.js';
import { cardOf } from './makeCard.js';
import { expired, type Decline } from './testCards.js';

export type Outcome = 'succeeded' | 'requires_action' | 'declined';

/** Tries to take the money of a payment intent from a card. */
export function chargeCard(world: World, intent: PaymentIntent, method: PaymentMethod): Outcome {
  intent.payment_method = method.id;
  if (hasExpired(method, world.now)) {
    decline(world, intent, method, expired);
    return 'declined';
  }
  const { charge } = cardOf(method);
  if (charge === 'authenticate' || (charge === 'authenticate-once' && !method._confirmed)) {
    intent.status = 'requires_action';
    intent.next_action = nextAction(world, intent.id);
    raise(world, 'payment_intent.requires_action', intent);
    return 'requires_action';
  }
  if (charge === 'ok' || charge === 'authenticate-once') {
    succeed(world, intent, method);
    return 'succeeded';
  }
  decline(world, intent, method, charge);
  return 'declined';
}

/** A card is good to the end of its month. @param now in seconds */
const hasExpired = ({ card }: PaymentMethod, now: number): boolean =>
  card !== undefined && Date.UTC(card.exp_year, card.exp_month, 1) <= now * 1_000;

/** The customer has confirmed, or not. */
export function confirmCharge(
  world: World,
  intent: PaymentIntent,
  method: PaymentMethod,
  confirmed: boolean,
): Outcome {
  if (confirmed) {
    succeed(world, intent, method);
    return 'succeeded';
  }
  decline(world, intent, method, {
    code: 'payment_intent_authentication_failure',
    declineCode: undefined,
    message:
      'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
  });
  return 'declined';
}

export const nextAction = (world: World, intentId: string): Wire<Stripe.PaymentIntent.NextAction> => ({
  type: 'use_stripe_sdk',
  use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: `${world.origin}/v3/challenge/${intentId}` },
});

/** What an intent says about its refused card. */
export const lastError = (
  method: PaymentMethod,
  { code, declineCode, message }: Decline,
): Wire<Stripe.PaymentIntent.LastPaymentError> => ({
  type: 'card_error',
  code,
  message,
  ...(declineCode === undefined ? {} : { decline_code: declineCode }),
  doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`,
  payment_method: withoutNumber(method),
});

function withoutNumber(method: PaymentMethod): Wire<Stripe.PaymentMethod> {
  const { _number, _confirmed, _order, ...rest } = structuredClone(method);
  return rest;
}

function succeed(world: World, intent: PaymentIntent, method: PaymentMethod): void {
  const charge = addCharge(world, intent, method, null);
  intent.status = 'succeeded';
  intent.next_action = null;
  intent.last_payment_error = null;
  intent.amount_received = intent.amount;
  intent.latest_charge = charge.id;
  raise(world, 'charge.succeeded', charge);
  raise(world, 'payment_intent.succeeded', intent);
}

function decline(world: World, intent: PaymentIntent, method: PaymentMethod, why: Decline): void {
  const charge = addCharge(world, intent, method, why);
  intent.status = 'requires_payment_method';
  intent.next_action = null;
  intent.last_payment_error = { ...lastError(method, why), charge: charge.id };
  intent.latest_charge = charge.id;
  raise(world, 'charge.failed', charge);
  raise(world, 'payment_intent.payment_failed', intent);
}

const addCharge = (world: World, intent: PaymentIntent, method: PaymentMethod, why: Decline | null): Charge =>
  world.add('charge', {
    id: world.newId('charge'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: why ? 0 : intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: 'WIZAMART',
    captured: !why,
    created: world.now,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: why?.code ?? null,
    failure_message: why?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: {},
    on_behalf_of: null,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: why ? 'declined_by_network' : 'approved_by_network',
      reason: why?.declineCode ?? null,
      risk_level: 'normal',
      risk_score: 12,
      seller_message: why
        ? 'The bank did not return any further details with this decline.'
        : 'Payment complete.',
      type: why ? 'issuer_declined' : 'authorized',
    },
    paid: !why,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { type: 'card' },
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: why ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: null,
  } satisfies Charge);
