import type { ModuleSettings, TenantContext } from '@wizamart/core';
import type { Catalogue, Offer } from '../catalog/Catalogue.js';
import { featureMatrix, type MatrixRow } from '../catalog/FeatureMatrix.js';
import type { BillingSettings } from '../settings.js';

/** A tier or add-on with its prices; net, in minor units. */
export interface PricedOffer extends Pick<
  Offer,
  'code' | 'name' | 'description' | 'currency' | 'monthlyMinor' | 'yearlyMinor' | 'maxQuantity'
> {
  /** What a year costs less than twelve months; null where it is not sold both ways, or saves nothing. */
  readonly savingMinor: number | null;
}

/** All that a platform sells to everybody. */
export interface PriceList {
  readonly trialDays: number;
  readonly tiers: readonly PricedOffer[];
  readonly addOns: readonly PricedOffer[];
  /** What is limited, then what is included, tiers in the order of `tiers`. */
  readonly limits: readonly MatrixRow[];
  readonly features: readonly MatrixRow[];
}

/** What visitors are told of prices. */
export class Pricing {
  readonly #catalogue: Catalogue;
  readonly #settings: ModuleSettings;

  constructor(deps: { readonly catalogue: Catalogue; readonly settings: ModuleSettings }) {
    this.#catalogue = deps.catalogue;
    this.#settings = deps.settings;
  }

  async of(ctx: TenantContext): Promise<PriceList> {
    const { tiers, addOns, limits, features } = await featureMatrix(this.#catalogue, ctx, {
      onlyPublic: true,
    });
    return {
      trialDays: this.#settings.of<BillingSettings>(ctx, 'billing').trialDays,
      tiers: tiers.map(priced),
      addOns: addOns.map(priced),
      limits,
      features,
    };
  }
}

const priced = (offer: Offer): PricedOffer => {
  const { code, name, description, currency, monthlyMinor, yearlyMinor, maxQuantity } = offer;
  const saving = monthlyMinor === null || yearlyMinor === null ? 0 : monthlyMinor * 12 - yearlyMinor;
  return {
    code,
    name,
    description,
    currency,
    monthlyMinor,
    yearlyMinor,
    maxQuantity,
    savingMinor: saving > 0 ? saving : null,
  };
};
