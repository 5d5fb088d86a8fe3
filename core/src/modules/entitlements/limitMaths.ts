import type { Override, Tier } from './Tier.js';

/** The higher of two limits; null is unlimited. */
const higher = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : Math.max(a, b);

/** A limit as it holds: the tier's, raised by what counts beside it. No tier means no limits. */
export const effectiveLimit = (
  code: string,
  tier: Tier | null,
  overrides: readonly Override[],
): number | null => {
  if (tier === null) return null;
  return overrides.reduce<number | null>(
    (limit, override) =>
      override.kind === 'limit' && override.code === code ? higher(limit, override.value) : limit,
    tier.limits[code] ?? null,
  );
};

/** Code of the cheapest tier that allows more than `limit`; null where none does. `tiers` ascend. */
export const nextTierFor = (code: string, limit: number, tiers: readonly Tier[]): string | null =>
  tiers.find((tier) => (tier.limits[code] ?? Infinity) > limit)?.code ?? null;
