import { defineRoute, type RouteDefinition, z } from '@wizamart/core';
import { BILLING } from '../../subscriptions/permissions.js';
import type { Catalogue } from '../Catalogue.js';
import { ProductNotFound } from '../errors.js';
import type { ProductKind } from '../ProductVersion.js';
import type { ProductTexts } from './ProductTexts.js';
import { soldProduct } from './soldProduct.js';
import { textsSchema } from './textsSchema.js';

interface Services {
  readonly catalogue: Catalogue;
  readonly productTexts: ProductTexts;
}

const byCode = z.object({ code: z.string().min(1).max(50) });
const answer = z.object({
  /** What is shown where a language has no text. */
  soldAs: z.object({ name: z.string(), description: z.string() }),
  texts: textsSchema,
});

/** What tiers and add-ons are called in each language, for administrators. */
export const productTextRoutes = (services: Services): RouteDefinition[] =>
  (['tier', 'add_on'] as const).flatMap((kind) => routesOf(services, kind));

const routesOf = (services: Services, kind: ProductKind): RouteDefinition[] => {
  const noun = kind === 'tier' ? 'a tier' : 'an add-on';
  const common = {
    surface: 'admin',
    kind: 'api',
    path: kind === 'tier' ? '/tiers/:code/texts' : '/addons/:code/texts',
    output: answer,
    errors: [ProductNotFound],
  } as const;
  const code = kind === 'tier' ? 'professional' : 'extra-pages';
  return [
    defineRoute({
      ...common,
      method: 'GET',
      access: BILLING.prices.view,
      summary: `What ${noun} is called, by language`,
      input: byCode,
      example: { code },
      handle: async (ctx, input) => {
        const sold = await soldProduct(services.catalogue, ctx, kind, input.code);
        const { name, description } = sold;
        return { soldAs: { name, description }, texts: await services.productTexts.of(ctx, sold) };
      },
    }),
    defineRoute({
      ...common,
      method: 'PUT',
      access: BILLING.prices.edit,
      summary: `Say what ${noun} is called in these languages; the others show the name that it is sold under`,
      input: byCode.extend({ texts: textsSchema }),
      example: { code, texts: { fr: { name: 'Dix pages de plus', description: '' } } },
      handle: async (ctx, { code: wanted, texts }) => {
        const sold = await soldProduct(services.catalogue, ctx, kind, wanted);
        const { name, description } = sold;
        await services.productTexts.save(ctx, sold, texts);
        return { soldAs: { name, description }, texts: await services.productTexts.of(ctx, sold) };
      },
    }),
  ];
};
