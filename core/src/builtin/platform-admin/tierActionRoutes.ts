import { z } from 'zod';
import { defineRoute, type RouteDefinition } from '../../kernel/route.js';
import { InvalidInput } from '../../errors/common.js';
import type { TenantContext } from '../../kernel/context.js';
import { TierExists, TierInUse, TierNotFound, TiersChanged } from '../../modules/entitlements/errors.js';
import { unknownTerms } from '../../modules/entitlements/refuseUnknownTerms.js';
import type { Tier } from '../../modules/entitlements/Tier.js';
import { fingerprintOf, type TierChange } from '../../modules/entitlements/TierEditor.js';
import type { CoreParts } from '../core/CoreParts.js';
import { tierCode } from './tierRoutes.js';

const one = z.object({ code: tierCode });
const snake = z.string().regex(/^[a-z][a-z0-9_]{1,79}$/);
const common = { surface: 'admin', kind: 'api', access: 'platform-admin.tiers.edit' } as const;
const example = { code: 'starter' };

/** What is done with single tiers, and changes of several at once. */
export const tierActionRoutes = ({ tiers, tierEditor }: CoreParts): RouteDefinition[] => [
  defineRoute({
    ...common,
    method: 'POST',
    path: '/tiers',
    status: 201,
    summary: 'Add a tier above the others; `like` names one that it starts as',
    input: one.extend({ name: z.string().trim().min(1).max(100), like: tierCode.nullable().default(null) }),
    output: one,
    example: { code: 'gold', name: 'Gold', like: 'starter' },
    errors: [TierExists, TierNotFound],
    handle: async (ctx, input) => {
      await tierEditor.create(ctx, input);
      return { code: input.code };
    },
  }),
  defineRoute({
    ...common,
    method: 'GET',
    path: '/tier-matrix',
    access: 'platform-admin.tiers.view',
    summary: 'Which features and limits each tier has, who has it, and the fingerprint that a change names',
    output: z.object({
      fingerprint: z.string(),
      tiers: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          isDefault: z.boolean(),
          archivedAt: z.date().nullable(),
          merchants: z.int(),
          features: z.array(z.string()),
          limits: z.record(z.string(), z.int()),
        }),
      ),
    }),
    handle: async (ctx) => {
      const [all, holders] = await Promise.all([tiers.list(ctx), tierEditor.holders(ctx)]);
      return {
        fingerprint: fingerprintOf(all),
        tiers: all.map(({ code, name, isDefault, archivedAt, features, limits }) => ({
          code,
          name,
          isDefault,
          archivedAt,
          merchants: holders.get(code) ?? 0,
          features: [...features],
          limits,
        })),
      };
    },
  }),
  defineRoute({
    ...common,
    method: 'PATCH',
    path: '/tier-matrix',
    summary:
      'Change features and limits of several tiers, all or nothing; what is not named stays, null takes a limit away',
    input: z.object({
      fingerprint: z.string().max(40),
      changes: z
        .array(
          z.strictObject({
            code: tierCode,
            features: z.record(snake, z.boolean()).default({}),
            limits: z.record(snake, z.int().min(0).max(1_000_000_000_000).nullable()).default({}),
          }),
        )
        .max(50),
    }),
    output: z.object({ changed: z.array(z.string()) }),
    example: {
      fingerprint: '0123456789abcdef',
      changes: [{ code: 'starter', features: { cms_seo: true }, limits: { cms_pages: 10 } }],
    },
    errors: [TiersChanged, TierNotFound],
    handle: async (ctx, input) => {
      refuseUnknownChanges(ctx, input.changes, await tiers.list(ctx));
      return { changed: [...(await tierEditor.saveMatrix(ctx, input))] };
    },
  }),
  defineRoute({
    ...common,
    method: 'PUT',
    path: '/default-tier',
    status: 204,
    summary: 'Which tier merchants without one have; null: the host’s default',
    input: z.object({ tier: tierCode.nullable() }),
    example: { tier: 'starter' },
    errors: [TierNotFound],
    handle: (ctx, { tier }) => tierEditor.makeDefault(ctx, tier),
  }),
  defineRoute({
    ...common,
    method: 'PUT',
    path: '/tiers/:code/archived',
    status: 204,
    summary: 'Offer a tier no more, or again; who has it keeps it',
    input: one.extend({ isArchived: z.boolean() }),
    example: { ...example, isArchived: true },
    errors: [TierNotFound, TierInUse],
    handle: (ctx, { code, isArchived }) =>
      isArchived ? tierEditor.archive(ctx, code) : tierEditor.restore(ctx, code),
  }),
  defineRoute({
    ...common,
    method: 'DELETE',
    path: '/tiers/:code',
    status: 204,
    summary: 'Delete a tier that nobody has',
    input: one,
    example,
    errors: [TierNotFound, TierInUse],
    handle: (ctx, { code }) => tierEditor.remove(ctx, code),
  }),
];

/** Only what is given is looked at: what no module brings any more may be taken away. */
function refuseUnknownChanges(
  ctx: TenantContext,
  changes: readonly TierChange[],
  tiers: readonly Tier[],
): void {
  const errors = changes.flatMap(({ code, features, limits }, at) => {
    const tier = tiers.find((one) => one.code === code);
    const given = {
      features: Object.keys(features).filter((feature) => features[feature]),
      limits: Object.keys(limits).filter((limit) => limits[limit] !== null),
    };
    const kept = tier && { features: tier.features, limits: Object.keys(tier.limits) };
    return unknownTerms(ctx, given, { kept, path: `changes.${at}.` });
  });
  if (errors.length > 0) throw new InvalidInput({ errors });
}
