import type { TenantContext } from '@wizamart/core';
import type { Catalogue, Offer } from './Catalogue.js';
import { isMetered } from './metered.js';

/** One line of the comparison: a feature or a limit, and what each tier gives of it. */
export interface MatrixRow {
  readonly code: string;
  /** For people, as the module calls it. */
  readonly name: string;
  /** Code of the module that brings it. */
  readonly module: string;
  /** Per tier in the order of `tiers`: whether it is included, or the limit (null: unlimited). */
  readonly cells: readonly (boolean | number | null)[];
}

/** What the tiers of a platform give, side by side; only of modules that are on. */
export interface FeatureMatrix {
  readonly tiers: readonly Offer[];
  readonly features: readonly MatrixRow[];
  readonly limits: readonly MatrixRow[];
  readonly addOns: readonly Offer[];
}

interface Named {
  readonly code: string;
  readonly name: string;
  readonly plugin: string;
}
interface SnapshotFeatures {
  readonly features: ReadonlyMap<string, Named>;
  readonly limits: ReadonlyMap<string, Named>;
}

/** The comparison of tiers for pricing pages and administrators, from the database. */
export async function featureMatrix(
  catalogue: Catalogue,
  ctx: TenantContext,
  { onlyPublic = false }: { readonly onlyPublic?: boolean } = {},
): Promise<FeatureMatrix> {
  const offers = await catalogue.offers(ctx, { onlyPublic });
  const tiers = offers.filter(({ kind }) => kind === 'tier');
  const { features, limits } = ctx.snapshot as unknown as SnapshotFeatures;
  const row = ({ code, name, plugin }: Named, cell: (tier: Offer) => boolean | number | null): MatrixRow => ({
    code,
    name,
    module: plugin,
    cells: tiers.map(cell),
  });
  return {
    tiers,
    addOns: offers.filter(({ kind }) => kind === 'add_on'),
    // What no tier speaks of does not set them apart.
    features: [...features.values()]
      .map((feature) => row(feature, (tier) => tier.features.includes(feature.code)))
      .filter(({ cells }) => cells.some(Boolean)),
    limits: [...limits.values()]
      .filter(({ code }) => isMetered(ctx, code))
      .map((limit) => row(limit, (tier) => tier.limits[limit.code] ?? null))
      .filter(({ cells }) => cells.some((cell) => cell !== null)),
  };
}
