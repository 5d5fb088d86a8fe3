import type { RouteContext } from '@wizamart/core';
import type { WeighedChange } from '../../subscriptions/PlanChanges.js';
import type { PageParts } from '../parts.js';

/** What a merchant has or uses beyond another tier. */
export interface Losses {
  /** More is there than would be allowed: it is kept, nothing is added. */
  readonly limits: readonly { readonly name: string; readonly current: number; readonly allowed: number }[];
  /** Names of features that would go. */
  readonly features: readonly string[];
}

const NOTHING: Losses = { limits: [], features: [] };

/** What would be over the limits of another tier, and what it does not include; what add-ons give stays. */
export async function lossesOf(
  { usageSummaries, giveTexts }: PageParts,
  ctx: RouteContext,
  { whole, version: tier }: WeighedChange,
): Promise<Losses> {
  if (!whole) return NOTHING;
  const { meters } = await usageSummaries.use(ctx);
  const kept = whole.addOns.filter(({ endsAt }) => endsAt === null);
  const allowed = (code: string): number | null => {
    const limit = tier.limits[code];
    if (limit === undefined) return null;
    return kept.reduce((sum, { version, quantity }) => sum + (version.limits[code] ?? 0) * quantity, limit);
  };
  const given = new Set([...tier.features, ...kept.flatMap(({ version }) => version.features)]);
  return {
    limits: meters.flatMap(({ code, name, current }) => {
      const limit = allowed(code);
      return limit !== null && current > limit
        ? [{ name: giveTexts.limitName(ctx, { code, name }), current, allowed: limit }]
        : [];
    }),
    features: whole.tier.features.flatMap((code) => {
      const feature = ctx.snapshot.features?.get(code);
      return feature === undefined || given.has(code)
        ? []
        : [giveTexts.featureName(ctx, { code, name: feature.name })];
    }),
  };
}
