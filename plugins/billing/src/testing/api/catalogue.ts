import { invalid } from '../http/ApiError.js';
import { LIST_PARAMS, listPage } from '../http/listPage.js';
import {
  booleanOf,
  metadataOf,
  neededInteger,
  neededText,
  objectOf,
  textOf,
  textsOf,
  wordOf,
} from '../http/read.js';
import type { Params } from '../http/formBody.js';
import type { ApiRoute } from '../http/routes.js';
import { raise } from '../billing/raise.js';
import type { Price, Product, TaxRate } from '../state/kinds.js';
import type { World } from '../state/World.js';

export const catalogueRoutes: readonly ApiRoute[] = [
  {
    method: 'POST',
    path: '/v1/products',
    params: ['id', 'name', 'description', 'metadata', 'active'],
    handle: ({ world, params }) => makeProduct(world, params),
  },
  {
    method: 'GET',
    path: '/v1/products',
    params: [...LIST_PARAMS, 'active'],
    handle: ({ world, params, url }) => listPage(world.all('product').filter(isActive(params)), params, url),
  },
  {
    method: 'GET',
    path: '/v1/products/:id',
    params: [],
    handle: ({ world, id }) => world.find('product', id) ?? world.get('product', id),
  },
  {
    method: 'POST',
    path: '/v1/products/:id',
    params: ['name', 'metadata', 'active'],
    handle: ({ world, id, params }) => {
      const product = world.get('product', id);
      product.name = textOf(params, 'name') ?? product.name;
      product.active = booleanOf(params, 'active') ?? product.active;
      product.metadata = metadataOf(params, product.metadata);
      product.updated = world.now;
      raise(world, 'product.updated', product);
      return product;
    },
  },
  {
    method: 'POST',
    path: '/v1/prices',
    params: [
      'currency', 'unit_amount', 'recurring', 'product', 'product_data', 'lookup_key', 'tax_behavior', 'metadata',
      'nickname', 'active', 'transfer_lookup_key',
    ], // prettier-ignore
    handle: ({ world, params }) => makePrice(world, params),
  },
  {
    method: 'GET',
    path: '/v1/prices',
    params: [...LIST_PARAMS, 'active', 'lookup_keys', 'product', 'currency', 'type'],
    handle: ({ world, params, url }) => {
      const keys = textsOf(params, 'lookup_keys');
      const product = textOf(params, 'product');
      const found = world
        .all('price')
        .filter(
          (price) =>
            (keys === undefined || keys.includes(price.lookup_key ?? '')) &&
            (product === undefined || price.product === product),
        );
      return listPage(found.filter(isActive(params)), params, url);
    },
  },
  {
    method: 'GET',
    path: '/v1/prices/:id',
    params: [],
    handle: ({ world, id }) => world.find('price', id) ?? world.get('price', id),
  },
  {
    method: 'POST',
    path: '/v1/prices/:id',
    params: ['active', 'metadata', 'nickname'],
    handle: ({ world, id, params }) => {
      const price = world.get('price', id);
      price.active = booleanOf(params, 'active') ?? price.active;
      price.metadata = metadataOf(params, price.metadata);
      raise(world, 'price.updated', price);
      return price;
    },
  },
  {
    method: 'POST',
    path: '/v1/tax_rates',
    params: [
      'display_name', 'inclusive', 'percentage', 'active', 'country', 'description', 'jurisdiction', 'metadata', 'state',
      'tax_type',
    ], // prettier-ignore
    handle: ({ world, params }) => makeTaxRate(world, params),
  },
  {
    method: 'GET',
    path: '/v1/tax_rates',
    params: [...LIST_PARAMS, 'active', 'inclusive'],
    handle: ({ world, params, url }) => {
      const inclusive = booleanOf(params, 'inclusive');
      const found = world
        .all('tax_rate')
        .filter((rate) => inclusive === undefined || rate.inclusive === inclusive);
      return listPage(found.filter(isActive(params)), params, url);
    },
  },
  {
    method: 'GET',
    path: '/v1/tax_rates/:id',
    params: [],
    handle: ({ world, id }) => world.find('tax_rate', id) ?? world.get('tax_rate', id),
  },
];

function isActive(params: Params): (object: { readonly active: boolean }) => boolean {
  const wanted = booleanOf(params, 'active');
  return ({ active }) => wanted === undefined || active === wanted;
}

function makeProduct(world: World, params: Params): Product {
  const product = world.add('product', {
    id: textOf(params, 'id') ?? world.newId('product'),
    object: 'product',
    active: booleanOf(params, 'active') ?? true,
    created: world.now,
    default_price: null,
    description: textOf(params, 'description') ?? null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: metadataOf(params),
    name: neededText(params, 'name'),
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: null,
    updated: world.now,
    url: null,
  } satisfies Product);
  raise(world, 'product.created', product);
  return product;
}

function makePrice(world: World, params: Params): Price {
  const lookupKey = textOf(params, 'lookup_key') ?? null;
  if (lookupKey !== null && world.all('price').some((price) => price.lookup_key === lookupKey))
    throw invalid(`A price (\`${lookupKey}\`) already uses that lookup key.`, 'lookup_key');
  const data = objectOf(params, 'product_data');
  const product = data
    ? makeProduct(world, data)
    : world.get('product', neededText(params, 'product'), 'product');
  const amount = neededInteger(params, 'unit_amount');
  if (amount < 0) throw invalid('Invalid non-negative integer', 'unit_amount', 'parameter_invalid_integer');
  const recurring = objectOf(params, 'recurring');
  const price = world.add('price', {
    id: world.newId('price'),
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: world.now,
    currency: neededText(params, 'currency').toLowerCase(),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: lookupKey,
    metadata: metadataOf(params),
    nickname: textOf(params, 'nickname') ?? null,
    product: product.id,
    recurring: recurring
      ? {
          interval: wordOf(recurring, 'interval', ['day', 'week', 'month', 'year']) ?? 'month',
          interval_count: Number(textOf(recurring, 'interval_count') ?? 1),
          meter: null,
          trial_period_days: null,
          usage_type: 'licensed',
        }
      : null,
    tax_behavior: wordOf(params, 'tax_behavior', ['exclusive', 'inclusive', 'unspecified']) ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: recurring ? 'recurring' : 'one_time',
    unit_amount: amount,
    unit_amount_decimal: String(amount),
  } satisfies Price);
  raise(world, 'price.created', price);
  return price;
}

function makeTaxRate(world: World, params: Params): TaxRate {
  const inclusive = booleanOf(params, 'inclusive');
  if (inclusive === undefined)
    throw invalid('Missing required param: inclusive.', 'inclusive', 'parameter_missing');
  const percentage = Number(neededText(params, 'percentage'));
  if (!(percentage >= 0 && percentage <= 100)) throw invalid('Invalid decimal', 'percentage');
  const rate = world.add('tax_rate', {
    id: world.newId('tax_rate'),
    object: 'tax_rate',
    active: booleanOf(params, 'active') ?? true,
    country: textOf(params, 'country') ?? null,
    created: world.now,
    description: textOf(params, 'description') ?? null,
    display_name: neededText(params, 'display_name'),
    effective_percentage: null,
    flat_amount: null,
    inclusive,
    jurisdiction: textOf(params, 'jurisdiction') ?? null,
    jurisdiction_level: null,
    livemode: false,
    metadata: metadataOf(params),
    percentage,
    rate_type: 'percentage',
    state: null,
    tax_type: textOf(params, 'tax_type') ?? null,
  } satisfies TaxRate);
  raise(world, 'tax_rate.created', rate);
  return rate;
}
