import type { Entitlements, InTransaction, Override, TierTerms, Tiers } from '@wizamart/core';
import type { MerchantContext } from '../asProvider.js';
import type { ProductVersion } from '../catalog/ProductVersion.js';
import { isEntitled, type SubscribedAddOn, type Subscription } from './Subscription.js';

/** An add-on that counts, with what its version gives. */
export interface CountingAddOn {
  readonly addOn: SubscribedAddOn;
  readonly version: ProductVersion;
}

const SOURCE = 'addon:';

/**
 * Writes into core what a subscription entitles its merchant to: the tier as it was bought, and what add-ons give
 * beside it. The subscription alone decides; what is there already is not written again.
 */
export class EntitlementProjection {
  readonly #tiers: Tiers;
  readonly #entitlements: Entitlements;

  constructor(deps: { readonly tiers: Tiers; readonly entitlements: Entitlements }) {
    this.#tiers = deps.tiers;
    this.#entitlements = deps.entitlements;
  }

  /** In the provider's unit of work that changes the subscription. */
  async write(
    ctx: InTransaction<MerchantContext>,
    subscription: Subscription,
    tier: ProductVersion,
    addOns: readonly CountingAddOn[],
  ): Promise<void> {
    const entitled = isEntitled(subscription);
    if (entitled) await this.#assign(ctx, tier.code, termsOf(tier));
    else await this.#assign(ctx, await this.#fallback(ctx), null);
    await this.#anchor(ctx, entitled ? subscription.anchorAt : null);
    await this.#overrides(ctx, entitled ? addOns.flatMap(given) : []);
  }

  async #assign(
    ctx: InTransaction<MerchantContext>,
    code: string | null,
    terms: TierTerms | null,
  ): Promise<void> {
    const { tierCode, terms: held } = await this.#tiers.holding(ctx, ctx.merchant);
    const same = held ? { name: held.name, features: [...held.features], limits: held.limits } : null;
    if (tierCode === code && canonical(same) === canonical(terms)) return;
    await this.#tiers.assign(ctx, ctx.merchant, code, terms);
  }

  async #anchor(ctx: InTransaction<MerchantContext>, anchor: Date | null): Promise<void> {
    const { usageAnchor } = await this.#tiers.holding(ctx, ctx.merchant);
    if (usageAnchor?.getTime() !== anchor?.getTime())
      await this.#tiers.countUsageFrom(ctx, ctx.merchant, anchor);
  }

  async #overrides(ctx: InTransaction<MerchantContext>, wanted: readonly Override[]): Promise<void> {
    const held = (await this.#tiers.holding(ctx, ctx.merchant)).overrides.filter(({ source }) =>
      source.startsWith(SOURCE),
    );
    for (const one of held)
      if (!wanted.some((other) => keyOf(other) === keyOf(one)))
        await this.#tiers.removeOverride(ctx, ctx.merchant, one);
    for (const one of wanted)
      if (!held.some((other) => keyOf(other) === keyOf(one) && valueOf(other) === valueOf(one)))
        await this.#tiers.addOverride(ctx, ctx.merchant, one);
  }

  /** What a merchant has without a subscription: the default tier, else the lowest; never everything while there are tiers. */
  async #fallback(ctx: InTransaction): Promise<string | null> {
    if (await this.#entitlements.defaultTier(ctx)) return null;
    const offered = (await this.#tiers.list(ctx)).filter(({ archivedAt }) => archivedAt === null);
    return offered[0]?.code ?? null;
  }
}

const termsOf = ({ name, features, limits }: ProductVersion): TierTerms => ({ name, features, limits });

/** Add-ons of which each piece adds to a limit add as many times as there are pieces. */
const given = ({ addOn, version }: CountingAddOn): Override[] => {
  const common = { source: `${SOURCE}${addOn.code}`, until: addOn.endsAt };
  return [
    ...version.features.map((code): Override => ({ kind: 'feature', code, ...common })),
    ...Object.entries(version.limits).map(([code, each]): Override => ({
      kind: 'extra',
      code,
      value: each * addOn.quantity,
      ...common,
    })),
  ];
};

const keyOf = ({ kind, code, source }: Override): string => JSON.stringify([kind, code, source]);
const valueOf = (override: Override): string =>
  JSON.stringify([override.kind === 'feature' ? null : override.value, override.until?.getTime() ?? null]);

const canonical = (terms: TierTerms | null): string =>
  terms ? JSON.stringify([terms.name, [...terms.features].sort(), Object.entries(terms.limits).sort()]) : '';
