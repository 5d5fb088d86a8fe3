import type { Entitlements, TenantContext } from '@wizamart/core';
import { asProvider } from '../asProvider.js';
import type { Catalogue } from '../catalog/Catalogue.js';
import { NotForSale, ProductNotFound } from '../catalog/errors.js';
import type { Change } from '../subscriptions/Operation.js';

/** What is to become of a subscription that nobody pays. */
export class Fallback {
  readonly #entitlements: Entitlements;
  readonly #catalogue: Catalogue;

  constructor(deps: { readonly entitlements: Entitlements; readonly catalogue: Catalogue }) {
    this.#entitlements = deps.entitlements;
    this.#catalogue = deps.catalogue;
  }

  /** @param at when it was due */
  async change(
    ctx: TenantContext,
    policy: 'expire' | 'cancel' | 'downgrade' | 'pause',
    reason: string,
    at: Date,
  ): Promise<Change> {
    const due = { reason, at: at.toISOString() };
    if (policy === 'pause') return { kind: 'pause', ...due };
    if (policy === 'downgrade') {
      const versionId = await this.#givenAway(ctx);
      if (versionId !== undefined) return { kind: 'downgrade', versionId, ...due };
    }
    return policy === 'cancel' ? { kind: 'cancel_now', ...due } : { kind: 'expire', ...due };
  }

  /** The default tier, else the lowest that is sold; undefined where there is none. */
  async #givenAway(ctx: TenantContext): Promise<string | undefined> {
    const code =
      (await this.#entitlements.defaultTier(ctx))?.code ??
      (await this.#catalogue.offers(ctx, { kind: 'tier' })).find(({ archivedAt }) => archivedAt === null)
        ?.code;
    if (code === undefined) return undefined;
    try {
      return (await this.#catalogue.forSale(asProvider(ctx), 'tier', code)).id;
    } catch (error) {
      if (error instanceof NotForSale || error instanceof ProductNotFound) return undefined;
      throw error;
    }
  }
}
