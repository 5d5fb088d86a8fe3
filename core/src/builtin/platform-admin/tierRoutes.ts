import { z } from 'zod';
import { defineRoute, type RouteDefinition } from '../../kernel/route.js';
import { refuseUnknownTerms } from '../../modules/entitlements/refuseUnknownTerms.js';
import type { Tier } from '../../modules/entitlements/Tier.js';
import type { CoreParts } from '../core/CoreParts.js';

/** Code of a tier, as its address and merchants' rows hold it. */
export const tierCode = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,49}$/, 'Use lower-case letters, digits, dashes and underscores.');
const snake = z.string().regex(/^[a-z][a-z0-9_]{1,79}$/);
const tierSchema = z.object({
  code: z.string(),
  name: z.string(),
  position: z.int(),
  features: z.array(z.string()),
  limits: z.record(z.string(), z.int()),
});

/** Tiers of a platform: what each includes and bounds. */
export const tierRoutes = ({ tiers }: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/tiers',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.tiers.view',
    summary: 'Tiers, ascending',
    output: z.object({ items: z.array(tierSchema) }),
    handle: async (ctx) => ({ items: (await tiers.list(ctx)).map(shown) }),
  }),
  defineRoute({
    method: 'PUT',
    path: '/tiers/:code',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.tiers.edit',
    summary: 'Make or change a tier; a limit that is left out is unlimited',
    input: z.object({
      code: tierCode,
      name: z.string().trim().min(1).max(100),
      position: z.int().min(0).max(1_000),
      features: z.array(snake).max(300),
      limits: z.record(snake, z.int().min(0)).default({}),
    }),
    output: tierSchema,
    example: {
      code: 'starter',
      name: 'Starter',
      position: 1,
      features: ['cms_basic'],
      limits: { cms_pages: 3 },
    },
    handle: async (ctx, input) => {
      const before = (await tiers.list(ctx)).find(({ code }) => code === input.code);
      refuseUnknownTerms(ctx, codesOf(input), { kept: before && codesOf(before) });
      await tiers.save(ctx, input);
      return input;
    },
  }),
];

const codesOf = ({
  features,
  limits,
}: {
  readonly features: Iterable<string>;
  readonly limits: Readonly<Record<string, number>>;
}) => ({ features, limits: Object.keys(limits) });

const shown = ({ code, name, position, features, limits }: Tier): object => ({
  code,
  name,
  position,
  features: [...features],
  limits,
});
