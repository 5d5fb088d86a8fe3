import {
  type BlockDefinition,
  contentBlocks,
  defineRoute,
  type RouteDefinition,
  siteNavigation,
  tap,
  type Translator,
  z,
} from '@wizamart/core';
import { INTERVALS } from '../catalog/ProductVersion.js';
import { GiveTexts } from './giveTexts.js';
import { Pricing } from './Pricing.js';
import { PricingPages } from './PricingPages.js';

export { ContentPagesService } from './contentPages.js';

/** What visitors are told of prices. */
export const pricingServices = { pricing: Pricing, giveTexts: GiveTexts, pricingPages: PricingPages };

interface PricingWiring {
  readonly pricing: Pricing;
  readonly pricingPages: PricingPages;
}

const short = z.string().trim().max(200).optional();
const long = z.string().trim().max(2_000).optional();

/** Blocks with live prices for pages of the site; what they show is never written down. */
export const pricingBlocks: readonly BlockDefinition[] = [
  {
    type: 'pricingTable',
    schema: z.strictObject({ title: short, text: long, interval: z.enum(INTERVALS).optional() }),
    template: 'billing/block-pricing-table',
  },
  { type: 'addOns', schema: z.strictObject({ title: short, text: long }), template: 'billing/block-add-ons' },
];

export const pricingHooks = ({
  pricingPages,
  i18n,
}: Pick<PricingWiring, 'pricingPages'> & { readonly i18n: Translator }) => [
  tap(contentBlocks, { onError: 'skip' }, async (ctx, drawn) => ({
    ...drawn,
    blocks: await pricingPages.fill(ctx, drawn.blocks),
  })),
  tap(siteNavigation, { onError: 'skip' }, (ctx, site) =>
    ctx.surface === 'platform'
      ? {
          ...site,
          action: { label: i18n.t(ctx.language, 'billing.pricing.signUp'), path: '/signup' },
        }
      : site,
  ),
];

const offer = z.object({
  code: z.string(),
  name: z.string(),
  description: z.string(),
  currency: z.string(),
  monthlyMinor: z.int().nullable(),
  yearlyMinor: z.int().nullable(),
  savingMinor: z.int().nullable(),
  maxQuantity: z.int(),
});
const row = z.object({
  code: z.string(),
  name: z.string(),
  module: z.string(),
  cells: z.array(z.union([z.boolean(), z.int(), z.null()])),
});

export const pricingRoutes = ({ pricing, pricingPages }: PricingWiring): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/pricing',
    surface: 'platform',
    kind: 'page',
    access: 'public',
    cache: 'tenant',
    summary: 'Prices with a comparison of what they give',
    input: z.object({ interval: z.enum(INTERVALS).catch('month').default('month') }),
    handle: (ctx, { interval }) => pricingPages.page(ctx, interval),
  }),
  defineRoute({
    method: 'GET',
    path: '/pricing',
    surface: 'platform',
    kind: 'api',
    access: 'public',
    summary: 'What the platform sells to everybody: tiers and add-ons with net prices, and what they give',
    output: z.object({
      trialDays: z.int(),
      tiers: z.array(offer),
      addOns: z.array(offer),
      limits: z.array(row),
      features: z.array(row),
    }),
    handle: (ctx) => pricing.of(ctx),
  }),
];
