import { type Entitlements, FeatureNotInTier, type TenantContext, type Tiers } from '@wizamart/core';

/** What the merchant's plan lacks: names of the plans that have it, or null for what is there. */
export interface Locks {
  readonly customPages: readonly string[] | null;
  readonly templates: readonly string[] | null;
  readonly seo: readonly string[] | null;
}

/** Tells which parts of the editor are to be shown locked, and in which plans they are open. */
export class PageLocks {
  readonly #entitlements: Entitlements;
  readonly #tiers: Tiers;

  constructor({ entitlements, tiers }: { readonly entitlements: Entitlements; readonly tiers: Tiers }) {
    this.#entitlements = entitlements;
    this.#tiers = tiers;
  }

  async of(ctx: TenantContext): Promise<Locks> {
    const [customPages, templates, seo] = await Promise.all(
      ['cms_custom_pages', 'cms_templates', 'cms_seo'].map((feature) => this.lockOf(ctx, feature)),
    );
    return { customPages: customPages ?? null, templates: templates ?? null, seo: seo ?? null };
  }

  /** Name of a plan as people know it. */
  async planName(ctx: TenantContext, code: string): Promise<string> {
    const tiers = await this.#tiers.list(ctx);
    return tiers.find((tier) => tier.code === code)?.name ?? code;
  }

  /** Names of the plans that have a feature; null where the merchant's own has it. */
  async lockOf(ctx: TenantContext, feature: string): Promise<readonly string[] | null> {
    try {
      await this.#entitlements.require(ctx, feature);
      return null;
    } catch (error) {
      if (!(error instanceof FeatureNotInTier)) throw error;
      return Promise.all(error.data.availableIn.map((code) => this.planName(ctx, code)));
    }
  }
}
