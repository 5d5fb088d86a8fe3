import { raise } from '../billing/raise.js';
import { cardError, cardFrom, cardOf, methodNamed } from '../cards/makeCard.js';
import { invalid } from '../http/ApiError.js';
import { LIST_PARAMS, listPage } from '../http/listPage.js';
import { neededText, textOf } from '../http/read.js';
import type { ApiRoute } from '../http/routes.js';
import type { PaymentMethod } from '../state/kinds.js';
import type { World } from '../state/World.js';

export const paymentMethodRoutes: readonly ApiRoute[] = [
  {
    method: 'POST',
    path: '/v1/payment_methods',
    params: ['type', 'card', 'billing_details', 'metadata'],
    isPublic: true,
    handle: ({ world, params }) => cardFrom(world, params),
  },
  {
    method: 'GET',
    path: '/v1/payment_methods',
    params: [...LIST_PARAMS, 'customer', 'type'],
    handle: ({ world, params, url }) => {
      const owner = textOf(params, 'customer');
      return listPage(
        world.all('payment_method').filter(({ customer }) => customer === (owner ?? customer)),
        params,
        url,
      );
    },
  },
  {
    method: 'GET',
    path: '/v1/payment_methods/:id',
    params: [],
    // A test card's name stands for a card that is made as it is first named.
    handle: ({ world, id }) => world.find('payment_method', id) ?? methodNamed(world, id),
  },
  {
    method: 'POST',
    path: '/v1/payment_methods/:id/attach',
    params: ['customer'],
    handle: ({ world, id, params }) => {
      const method = methodNamed(world, id);
      const customer = world.get('customer', neededText(params, 'customer'), 'customer');
      world.follow(customer);
      const { setup } = cardOf(method);
      if (typeof setup === 'object') throw cardError(setup);
      attach(world, method, customer.id);
      return method;
    },
  },
  {
    method: 'POST',
    path: '/v1/payment_methods/:id/detach',
    params: [],
    handle: ({ world, id }) => {
      const method = world.get('payment_method', id, 'payment_method');
      const owner = method.customer as string | null;
      if (owner === null)
        throw invalid(
          'The payment method you provided is not attached to a customer so detachment is impossible.',
        );
      const customer = world.get('customer', owner);
      world.follow(customer);
      if (customer.invoice_settings.default_payment_method === id)
        customer.invoice_settings.default_payment_method = null;
      for (const { id: own, default_payment_method } of world.all('subscription'))
        if (default_payment_method === id) world.get('subscription', own).default_payment_method = null;
      method.customer = null;
      raise(world, 'payment_method.detached', method, { customer: owner });
      return method;
    },
  },
];

/** The method belongs to this customer from now on. */
export function attach(world: World, method: PaymentMethod, customer: string): void {
  if (method.customer === customer) return;
  if (method.customer !== null)
    throw invalid(
      'The payment method you provided has already been attached to a customer.',
      'payment_method',
      'payment_method_unexpected_state',
    );
  method.customer = customer;
  raise(world, 'payment_method.attached', method);
}
