import { defineRoute, type RouteDefinition, z } from '@wizamart/core';
import { BILLING } from '../subscriptions/permissions.js';
import { offerShape, versionShape } from '../subscriptions/views.js';
import type { Catalogue } from './Catalogue.js';
import { ProductNotFound } from './errors.js';
import { refuseUnknownAddOn } from './unknownAddOn.js';
import { featureMatrix } from './FeatureMatrix.js';
import { addOnSchema, pricesSchema } from './seedSchema.js';

const api = { surface: 'admin', kind: 'api' } as const;
const view = { ...api, access: BILLING.prices.view } as const;
const edit = { ...api, access: BILLING.prices.edit } as const;
const code = z.string().min(1).max(50);
const byCode = z.object({ code });
const row = z.object({
  code: z.string(),
  name: z.string(),
  module: z.string(),
  cells: z.array(z.union([z.boolean(), z.int(), z.null()])),
});

/** What a platform sells, for its administrators: prices and versions of tiers, and add-ons. */
export const catalogueRoutes = (catalogue: Catalogue): RouteDefinition[] => [
  defineRoute({
    ...view,
    method: 'GET',
    path: '/price-matrix',
    summary: 'Tiers that are sold, with their features and limits side by side',
    output: z.object({
      tiers: z.array(offerShape),
      addOns: z.array(offerShape),
      features: z.array(row),
      limits: z.array(row),
    }),
    handle: (ctx) => featureMatrix(catalogue, ctx),
  }),
  defineRoute({
    ...view,
    method: 'GET',
    path: '/tiers/:code/versions',
    summary: 'All versions of a tier that were ever sold, newest first',
    input: byCode,
    example: { code: 'professional' },
    output: z.object({ items: z.array(versionShape) }),
    errors: [ProductNotFound],
    handle: async (ctx, input) => ({ items: await catalogue.versions(ctx, 'tier', input.code) }),
  }),
  defineRoute({
    ...edit,
    method: 'PUT',
    path: '/tiers/:code/prices',
    summary: 'What a tier costs from now on, net; running subscriptions keep what they bought',
    input: pricesSchema.extend({ code }),
    example: {
      code: 'professional',
      currency: 'EUR',
      monthlyMinor: 9_900,
      yearlyMinor: 99_000,
      isPublic: true,
    },
    output: versionShape,
    errors: [ProductNotFound],
    handle: async (ctx, { code, ...prices }) => catalogue.setPrices(ctx, code, prices),
  }),
  ...selling(catalogue),
  ...addOnRoutes(catalogue),
];

const selling = (catalogue: Catalogue) =>
  (['tier', 'add_on'] as const).map((kind) =>
    defineRoute({
      ...edit,
      method: 'PUT',
      path: kind === 'tier' ? '/tiers/:code/sale' : '/addons/:code/sale',
      status: 204,
      summary: `Stop selling ${kind === 'tier' ? 'a tier' : 'an add-on'}, or sell it again; who has it keeps it`,
      input: byCode.extend({ isSold: z.boolean() }),
      example: { code: kind === 'tier' ? 'business' : 'extra-pages', isSold: true },
      errors: [ProductNotFound],
      handle: (ctx, input) => catalogue.archive(ctx, kind, input.code, !input.isSold),
    }),
  );

const addOnRoutes = (catalogue: Catalogue) => [
  defineRoute({
    ...view,
    method: 'GET',
    path: '/addons',
    summary: 'Add-ons, in order',
    output: z.object({ items: z.array(offerShape) }),
    handle: async (ctx) => ({ items: await catalogue.offers(ctx, { kind: 'add_on' }) }),
  }),
  defineRoute({
    ...edit,
    method: 'PUT',
    path: '/addons/:code',
    summary: 'Make or change an add-on; who has it keeps what was bought',
    input: addOnSchema,
    example: {
      code: 'extra-pages',
      name: 'Ten more pages',
      limits: { cms_pages: 10 },
      currency: 'EUR',
      monthlyMinor: 900,
      yearlyMinor: 9_000,
      maxQuantity: 10,
    },
    output: versionShape,
    handle: async (ctx, input) => {
      await refuseUnknownAddOn(catalogue, ctx, input);
      return catalogue.saveAddOn(ctx, input);
    },
  }),
];
