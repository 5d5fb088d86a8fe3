import { invalid } from '../http/ApiError.js';
import type { Params } from '../http/formBody.js';
import { LIST_PARAMS, listPage } from '../http/listPage.js';
import {
  integerOf,
  metadataOf,
  neededText,
  nullableTextOf,
  objectOf,
  objectsOf,
  textOf,
  wordOf,
} from '../http/read.js';
import type { ApiRoute } from '../http/routes.js';
import { raise } from '../billing/raise.js';
import { cancelSubscription } from '../billing/cancelSubscription.js';
import { randomText } from '../state/ids.js';
import type { Customer, TaxId } from '../state/kinds.js';
import type { World } from '../state/World.js';

const CHANGEABLE = [
  'name', 'email', 'phone', 'description', 'address', 'metadata', 'tax_exempt', 'invoice_settings', 'balance',
  'preferred_locales', 'invoice_prefix',
]; // prettier-ignore

const EMPTY_ADDRESS = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

export const customerRoutes: readonly ApiRoute[] = [
  {
    method: 'POST',
    path: '/v1/customers',
    params: [...CHANGEABLE, 'test_clock', 'tax_id_data', 'payment_method'],
    handle: ({ world, params }) => {
      const clock = textOf(params, 'test_clock') ?? null;
      if (clock !== null) world.get('test_clock', clock, 'test_clock');
      world.follow({ test_clock: clock });
      const customer = world.add('customer', newCustomer(world, clock));
      change(customer, params);
      for (const data of objectsOf(params, 'tax_id_data') ?? []) addTaxId(world, customer, data);
      raise(world, 'customer.created', customer);
      return customer;
    },
  },
  {
    method: 'GET',
    path: '/v1/customers',
    params: [...LIST_PARAMS, 'email', 'test_clock'],
    handle: ({ world, params, url }) => {
      const email = textOf(params, 'email');
      return listPage(
        world.all('customer').filter((customer) => email === undefined || customer.email === email),
        params,
        url,
      );
    },
  },
  {
    method: 'GET',
    path: '/v1/customers/:id',
    params: [],
    handle: ({ world, id }) => world.find('customer', id) ?? world.get('customer', id, 'customer'),
  },
  {
    method: 'POST',
    path: '/v1/customers/:id',
    params: CHANGEABLE,
    handle: ({ world, id, params }) => {
      const customer = world.get('customer', id, 'customer');
      world.follow(customer);
      change(customer, params);
      const method = customer.invoice_settings.default_payment_method;
      if (typeof method === 'string' && world.get('payment_method', method).customer !== id)
        throw invalid(
          'The customer does not have a payment method with the ID ' +
            method +
            '. The payment method must be attached to the customer.',
          'invoice_settings[default_payment_method]',
          'resource_missing',
        );
      raise(world, 'customer.updated', customer);
      return customer;
    },
  },
  {
    method: 'DELETE',
    path: '/v1/customers/:id',
    params: [],
    handle: ({ world, id }) => {
      const customer = world.get('customer', id, 'customer');
      world.follow(customer);
      for (const { id: own, status } of world.all('subscription').filter((one) => one.customer === id))
        if (status !== 'canceled' && status !== 'incomplete_expired')
          cancelSubscription(world, world.get('subscription', own), 'cancellation_requested');
      raise(world, 'customer.deleted', customer);
      world.remove('customer', id);
      return { id, object: 'customer', deleted: true };
    },
  },
  {
    method: 'GET',
    path: '/v1/customers/:id/tax_ids',
    params: LIST_PARAMS,
    handle: ({ world, id, params, url }) =>
      listPage(
        world.all('tax_id').filter(({ customer }) => customer === id),
        params,
        url,
      ),
  },
  {
    method: 'POST',
    path: '/v1/customers/:id/tax_ids',
    params: ['type', 'value'],
    handle: ({ world, id, params }) => addTaxId(world, world.get('customer', id, 'customer'), params),
  },
  {
    method: 'DELETE',
    path: '/v1/customers/:id/tax_ids/:sub',
    params: [],
    handle: ({ world, sub }) => {
      world.get('tax_id', sub);
      world.remove('tax_id', sub);
      return { id: sub, object: 'tax_id', deleted: true };
    },
  },
  {
    method: 'GET',
    path: '/v1/customers/:id/payment_methods',
    params: [...LIST_PARAMS, 'type'],
    handle: ({ world, id, params, url }) =>
      listPage(
        world.all('payment_method').filter(({ customer }) => customer === id),
        params,
        url,
      ),
  },
];

const newCustomer = (world: World, clock: string | null): Customer => ({
  id: world.newId('customer'),
  object: 'customer',
  address: null,
  balance: 0,
  created: world.now,
  currency: null,
  customer_account: null,
  default_source: null,
  delinquent: false,
  description: null,
  discount: null,
  email: null,
  invoice_prefix: randomText(8).toUpperCase(),
  invoice_settings: {
    custom_fields: null,
    default_payment_method: null,
    footer: null,
    rendering_options: null,
  },
  livemode: false,
  metadata: {},
  name: null,
  next_invoice_sequence: 1,
  phone: null,
  preferred_locales: [],
  shipping: null,
  tax_exempt: 'none',
  test_clock: clock,
});

function change(customer: Customer, params: Params): void {
  customer.name = nullableTextOf(params, 'name') ?? (params['name'] === '' ? null : (customer.name ?? null));
  customer.email = nullableTextOf(params, 'email') ?? (params['email'] === '' ? null : customer.email);
  customer.description =
    nullableTextOf(params, 'description') ?? (params['description'] === '' ? null : customer.description);
  customer.metadata = metadataOf(params, customer.metadata);
  customer.balance = integerOf(params, 'balance') ?? customer.balance;
  customer.tax_exempt =
    wordOf(params, 'tax_exempt', ['none', 'exempt', 'reverse']) ?? customer.tax_exempt ?? 'none';
  const address = objectOf(params, 'address');
  if (address) customer.address = { ...EMPTY_ADDRESS, ...(address as Record<string, string>) };
  const settings = objectOf(params, 'invoice_settings');
  if (settings && 'default_payment_method' in settings)
    customer.invoice_settings.default_payment_method =
      nullableTextOf(settings, 'default_payment_method') ?? null;
}

function addTaxId(world: World, customer: Customer, params: Params): TaxId {
  const value = neededText(params, 'value');
  const type = wordOf(params, 'type', ['eu_vat', 'gb_vat', 'ch_vat', 'no_vat']);
  if (type === undefined) throw invalid('Missing required param: type.', 'type', 'parameter_missing');
  const taxId = world.add('tax_id', {
    id: world.newId('tax_id'),
    object: 'tax_id',
    country: value.slice(0, 2),
    created: world.now,
    customer: customer.id,
    customer_account: null,
    livemode: false,
    owner: { type: 'customer', customer: customer.id, customer_account: null },
    type,
    value,
    verification: { status: 'pending', verified_address: null, verified_name: null },
  } satisfies TaxId);
  raise(world, 'customer.tax_id.created', taxId);
  return taxId;
}
