import { raise } from '../billing/raise.js';
import { lastError, nextAction } from '../cards/charge.js';
import { cardError, cardFrom, cardOf, methodNamed } from '../cards/makeCard.js';
import type { Decline } from '../cards/testCards.js';
import { ApiError, invalid } from '../http/ApiError.js';
import type { Params } from '../http/formBody.js';
import { LIST_PARAMS, listPage } from '../http/listPage.js';
import { booleanOf, metadataOf, objectOf, textOf, textsOf } from '../http/read.js';
import type { ApiRoute } from '../http/routes.js';
import { shown } from '../http/shown.js';
import { randomText } from '../state/ids.js';
import type { PaymentMethod, SetupIntent } from '../state/kinds.js';
import type { World } from '../state/World.js';
import { attach } from './paymentMethods.js';

const CONFIRM = ['payment_method', 'payment_method_data', 'return_url', 'client_secret', 'use_stripe_sdk'];

export const setupIntentRoutes: readonly ApiRoute[] = [
  {
    method: 'POST',
    path: '/v1/setup_intents',
    params: [
      ...CONFIRM, 'customer', 'usage', 'metadata', 'confirm', 'allowed_payment_method_types', 'automatic_payment_methods',
      'description',
    ], // prettier-ignore
    handle: ({ world, params }) => {
      const customer = textOf(params, 'customer');
      if (customer !== undefined) world.follow(world.get('customer', customer, 'customer'));
      const intent = world.add('setup_intent', newIntent(world, params));
      raise(world, 'setup_intent.created', intent);
      if (booleanOf(params, 'confirm')) confirm(world, intent, params);
      return intent;
    },
  },
  {
    method: 'GET',
    path: '/v1/setup_intents',
    params: [...LIST_PARAMS, 'customer'],
    handle: ({ world, params, url }) => {
      const owner = textOf(params, 'customer');
      return listPage(
        world.all('setup_intent').filter(({ customer }) => customer === (owner ?? customer)),
        params,
        url,
      );
    },
  },
  {
    method: 'GET',
    path: '/v1/setup_intents/:id',
    params: ['client_secret'],
    isPublic: true,
    handle: ({ world, id }) => world.find('setup_intent', id) ?? world.get('setup_intent', id, 'intent'),
  },
  {
    method: 'POST',
    path: '/v1/setup_intents/:id/confirm',
    params: CONFIRM,
    isPublic: true,
    handle: ({ world, id, params }) => confirm(world, world.get('setup_intent', id, 'intent'), params),
  },
  {
    method: 'POST',
    path: '/v1/setup_intents/:id/cancel',
    params: ['cancellation_reason'],
    handle: ({ world, id }) => {
      const intent = world.get('setup_intent', id, 'intent');
      if (intent.status === 'succeeded')
        throw invalid(
          'You cannot cancel this SetupIntent because it has a status of succeeded.',
          undefined,
          'setup_intent_unexpected_state',
        );
      intent.status = 'canceled';
      raise(world, 'setup_intent.canceled', intent);
      return intent;
    },
  },
];

/** The customer has confirmed with their bank, or not. */
export function endSetupChallenge(world: World, intent: SetupIntent, confirmed: boolean): void {
  if (intent.status !== 'requires_action') return;
  const method = world.get('payment_method', intent.payment_method as string);
  if (confirmed) {
    method._confirmed = true;
    succeed(world, intent, method);
  } else {
    fail(world, intent, method, {
      code: 'setup_intent_authentication_failure',
      declineCode: undefined,
      message:
        'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
    });
  }
}

function newIntent(world: World, params: Params): SetupIntent {
  const id = world.newId('setup_intent');
  const method = textOf(params, 'payment_method');
  return {
    id,
    object: 'setup_intent',
    allowed_payment_method_types:
      (textsOf(params, 'allowed_payment_method_types') as ['card'] | undefined) ?? null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${randomText(24)}`,
    created: world.now,
    customer: textOf(params, 'customer') ?? null,
    customer_account: null,
    description: textOf(params, 'description') ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: metadataOf(params),
    next_action: null,
    on_behalf_of: null,
    payment_method: method === undefined ? null : methodNamed(world, method).id,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: method === undefined ? 'requires_payment_method' : 'requires_confirmation',
    usage: textOf(params, 'usage') ?? 'off_session',
  } satisfies SetupIntent;
}

function confirm(world: World, intent: SetupIntent, params: Params): SetupIntent {
  if (intent.status === 'succeeded' || intent.status === 'canceled')
    throw invalid(
      `You cannot confirm this SetupIntent because it has a status of ${intent.status}.`,
      undefined,
      'setup_intent_unexpected_state',
    );
  if (intent.customer !== null) world.follow(world.get('customer', intent.customer as string));
  const method = methodOf(world, intent, params);
  intent.payment_method = method.id;
  intent.last_setup_error = null;
  const { setup } = cardOf(method);
  if (typeof setup === 'object') {
    fail(world, intent, method, setup);
    throw new ApiError(402, { ...cardError(setup).error, setup_intent: shown(intent) }, true);
  }
  if (setup === 'authenticate' && !method._confirmed) {
    intent.status = 'requires_action';
    intent.next_action = nextAction(world, intent.id) as NonNullable<SetupIntent['next_action']>;
    raise(world, 'setup_intent.requires_action', intent);
  } else succeed(world, intent, method);
  return intent;
}

function methodOf(world: World, intent: SetupIntent, params: Params): PaymentMethod {
  const data = objectOf(params, 'payment_method_data');
  if (data) return world.get('payment_method', cardFrom(world, data).id);
  const name = textOf(params, 'payment_method') ?? (intent.payment_method as string | null);
  if (name === null)
    throw invalid(
      'You cannot confirm this SetupIntent because it is missing a payment method.',
      'payment_method',
      'setup_intent_unexpected_state',
    );
  return methodNamed(world, name);
}

function succeed(world: World, intent: SetupIntent, method: PaymentMethod): void {
  intent.status = 'succeeded';
  intent.next_action = null;
  if (intent.customer !== null) attach(world, method, intent.customer as string);
  raise(world, 'setup_intent.succeeded', intent);
}

function fail(world: World, intent: SetupIntent, method: PaymentMethod, why: Decline): void {
  intent.status = 'requires_payment_method';
  intent.next_action = null;
  intent.payment_method = null;
  intent.last_setup_error = lastError(method, why) as NonNullable<SetupIntent['last_setup_error']>;
  raise(world, 'setup_intent.setup_failed', intent);
}
