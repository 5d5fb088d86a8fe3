import type { Database, TenantContext } from '@wizamart/core';
import { asProvider } from '../asProvider.js';
import { NotForSale } from '../catalog/errors.js';
import { priceOf, ProductVersion, type Interval } from '../catalog/ProductVersion.js';
import type { ItemInput } from '../stripe/gatewayTypes.js';
import type { StripeGateway } from '../stripe/StripeGateway.js';

/** What is bought: versions of a tier and of add-ons, and how many pieces. */
export interface Piece {
  readonly version: ProductVersion;
  readonly quantity: number;
}

const FIND = {
  name: 'billing_stripe_price_find',
  text: 'SELECT version_id AS "versionId", interval FROM billing_stripe_price WHERE platform_id = $1 AND price_id = $2',
};
const KEEP =
  'INSERT INTO billing_stripe_price (platform_id, price_id, version_id, interval) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING';

/** Which of Stripe's prices stand for what we sell. */
export class StripeItems {
  readonly #database: Database;
  readonly #gateway: StripeGateway;

  constructor(deps: { readonly database: Database; readonly stripeGateway: StripeGateway }) {
    this.#database = deps.database;
    this.#gateway = deps.stripeGateway;
  }

  /** Items at Stripe for what is bought; prices are made when they are first needed. Not inside a unit of work. */
  async itemsOf(
    ctx: TenantContext,
    pieces: readonly Piece[],
    interval: Interval,
  ): Promise<readonly ItemInput[]> {
    const items: ItemInput[] = [];
    for (const { version, quantity } of pieces)
      items.push({ priceId: await this.#priceOf(ctx, version, interval), quantity });
    return items;
  }

  /** What a price stands for; undefined for one that somebody made by hand. */
  async versionOf(
    ctx: TenantContext,
    priceId: string,
  ): Promise<{ readonly version: ProductVersion; readonly interval: Interval } | undefined> {
    return this.#database.unit(ctx, async (inside) => {
      const [row] = await inside.tx.query<{ versionId: string; interval: Interval }>(FIND, [
        ctx.platform.id,
        priceId,
      ]);
      const version = row && (await ProductVersion.in(inside).findOne({ id: row.versionId }));
      return row && version && { version, interval: row.interval };
    });
  }

  async #priceOf(ctx: TenantContext, version: ProductVersion, interval: Interval): Promise<string> {
    const amountMinor = priceOf(version, interval);
    if (amountMinor === null) throw new NotForSale({ code: version.code, reason: 'interval' });
    const { priceId } = await this.#gateway.ensurePrice(ctx, {
      key: `${version.id}:${interval}`,
      name: version.name,
      amountMinor,
      currency: version.currency,
      interval,
    });
    await this.#database.unit(asProvider(ctx), ({ tx }) =>
      tx.query(KEEP, [ctx.platform.id, priceId, version.id, interval]),
    );
    return priceId;
  }
}
