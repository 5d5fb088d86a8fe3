import type { HeldTier, Override, Tier } from './Tier.js';

/** The higher of two limits; null is unlimited. */
const higher = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : Math.max(a, b);

/** A limit as it holds: the tier's, raised by what counts beside it, and what is added to that. No tier means no limits. */
export const effectiveLimit = (
  code: string,
  tier: HeldTier | null,
  overrides: readonly Override[],
): number | null => {
  if (tier === null) return null;
  let limit = tier.limits[code] ?? null,
    extra = 0;
  for (const override of overrides) {
    if (override.code !== code) continue;
    if (override.kind === 'limit') limit = higher(limit, override.value);
    else if (override.kind === 'extra') extra += override.value;
  }
  return limit === null ? null : limit + extra;
};

/** Code of the cheapest tier on offer that allows more than `limit`; null where none does. `tiers` ascend. */
export const nextTierFor = (code: string, limit: number, tiers: readonly Tier[]): string | null =>
  tiers.find((tier) => tier.archivedAt === null && (tier.limits[code] ?? Infinity) > limit)?.code ?? null;
