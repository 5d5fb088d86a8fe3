import { createHash } from 'node:crypto';
import { ApiError, invalid } from '../http/ApiError.js';
import type { Params } from '../http/formBody.js';
import { neededInteger, neededText, nullableTextOf, objectOf, textOf } from '../http/read.js';
import type { PaymentMethod } from '../state/kinds.js';
import type { World } from '../state/World.js';
import { incorrectNumber, NAMED_CARDS, TEST_CARDS, type Decline, type TestCard } from './testCards.js';

export const cardOf = ({ _number }: PaymentMethod): TestCard => TEST_CARDS[_number] as TestCard;

/** A payment method by its id, or by one of the names that stand for a test card. */
export function methodNamed(world: World, name: string, param = 'payment_method'): PaymentMethod {
  const number = NAMED_CARDS[name];
  return number === undefined
    ? world.get('payment_method', name, param)
    : makeCard(world, number, { month: 12, year: new Date(world.nowMs).getUTCFullYear() + 2 });
}

/** A payment method from `type=card` and `card[…]`. @throws {ApiError} for a number, date or code that cannot be */
export function cardFrom(world: World, params: Params): PaymentMethod {
  if (neededText(params, 'type') !== 'card') throw invalid('Only cards are taken here.', 'type');
  const card = objectOf(params, 'card') ?? {};
  const number = neededText(card, 'number').replaceAll(/[\s-]/g, '');
  const month = neededInteger(card, 'exp_month');
  const year = neededInteger(card, 'exp_year');
  if (!(number in TEST_CARDS)) throw cardError(incorrectNumber, 'number');
  if (month < 1 || month > 12)
    throw cardError(
      {
        code: 'invalid_expiry_month',
        declineCode: undefined,
        message: "Your card's expiration month is invalid.",
      },
      'exp_month',
    );
  const whole = year < 100 ? 2000 + year : year;
  const now = new Date(world.now * 1_000);
  if (whole < now.getUTCFullYear() || (whole === now.getUTCFullYear() && month < now.getUTCMonth() + 1))
    throw cardError(
      {
        code: 'invalid_expiry_year',
        declineCode: undefined,
        message: "Your card's expiration year is invalid.",
      },
      'exp_year',
    );
  if (!/^\d{3,4}$/.test(textOf(card, 'cvc') ?? '123'))
    throw cardError(
      { code: 'invalid_cvc', declineCode: undefined, message: "Your card's security code is invalid." },
      'cvc',
    );
  const details = objectOf(params, 'billing_details') ?? {};
  return makeCard(
    world,
    number,
    { month, year: whole },
    {
      name: nullableTextOf(details, 'name') ?? null,
      email: nullableTextOf(details, 'email') ?? null,
    },
  );
}

export const cardError = ({ code, declineCode, message }: Decline, param?: string): ApiError =>
  new ApiError(402, {
    type: 'card_error',
    code,
    message,
    ...(declineCode === undefined ? {} : { decline_code: declineCode }),
    ...(param === undefined ? {} : { param }),
    doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`,
  });

const makeCard = (
  world: World,
  number: string,
  { month, year }: { readonly month: number; readonly year: number },
  { name, email }: { readonly name: string | null; readonly email: string | null } = {
    name: null,
    email: null,
  },
): PaymentMethod =>
  world.add('payment_method', {
    id: world.newId('payment_method'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { address: null, email, name, phone: null, tax_id: null },
    card: {
      brand: (TEST_CARDS[number] as TestCard).brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'LU',
      display_brand: (TEST_CARDS[number] as TestCard).brand,
      exp_month: month,
      exp_year: year,
      fingerprint: createHash('sha256').update(number).digest('base64url').slice(0, 16),
      funding: 'credit',
      generated_from: null,
      last4: number.slice(-4),
      networks: { available: [(TEST_CARDS[number] as TestCard).brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: world.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
    _number: number,
    _confirmed: false,
  } satisfies PaymentMethod);
