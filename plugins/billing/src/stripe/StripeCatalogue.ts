import type { TenantContext } from '@wizamart/core';
import type Stripe from 'stripe';
import type { StripeConnection, StripeConnector } from './connection/StripeConnection.js';
import { PriceChanged } from './errors.js';
import type { PriceInput, TaxRateInput } from './gatewayTypes.js';
import { asking } from './stripeErrors.js';

/** Prices and tax rates on a platform's account: made when they are first needed, found again by our own key. */
export class StripeCatalogue {
  readonly #connections: StripeConnector;
  /** Prices and tax rates never change, so what was found once stays true while the account is the same. */
  readonly #known = new WeakMap<Stripe, Map<string, Promise<string>>>();

  constructor(deps: { readonly stripeConnections: StripeConnector }) {
    this.#connections = deps.stripeConnections;
  }

  /** @throws {PriceChanged} when the key exists with another amount, currency or interval */
  async ensurePrice(ctx: TenantContext, price: PriceInput): Promise<{ readonly priceId: string }> {
    const connection = await this.#connections.of(ctx);
    const wanted = { ...price, currency: price.currency.toLowerCase() };
    const priceId = await this.#once(connection, `price ${JSON.stringify(wanted)}`, () =>
      this.#price(connection, wanted),
    );
    return { priceId };
  }

  async ensureTaxRate(ctx: TenantContext, rate: TaxRateInput): Promise<{ readonly taxRateId: string }> {
    const connection = await this.#connections.of(ctx);
    const key = taxRateKey(rate);
    const taxRateId = await this.#once(connection, `tax rate ${key}`, () =>
      this.#taxRate(connection, rate, key),
    );
    return { taxRateId };
  }

  async #price({ stripe }: StripeConnection, wanted: PriceInput): Promise<string> {
    const { data } = await asking(() => stripe.prices.list({ lookup_keys: [wanted.key], limit: 1 }));
    const found = data[0];
    if (found) {
      if (!isSame(found, wanted)) throw new PriceChanged({ key: wanted.key });
      return found.id;
    }
    const made = await asking(() =>
      stripe.prices.create(
        {
          lookup_key: wanted.key,
          currency: wanted.currency,
          unit_amount: wanted.amountMinor,
          recurring: { interval: wanted.interval },
          tax_behavior: 'exclusive',
          product_data: { name: wanted.name, metadata: { key: wanted.key } },
          metadata: { key: wanted.key },
        },
        { idempotencyKey: `price:${wanted.key}:${wanted.amountMinor}:${wanted.currency}:${wanted.interval}` },
      ),
    );
    return made.id;
  }

  async #taxRate({ stripe }: StripeConnection, rate: TaxRateInput, key: string): Promise<string> {
    const rates = stripe.taxRates.list({ active: true, inclusive: rate.inclusive, limit: 100 });
    for await (const found of rates) if (found.metadata?.['key'] === key) return found.id;
    const made = await asking(() =>
      stripe.taxRates.create(
        {
          display_name: 'VAT',
          country: rate.country === 'XI' ? 'GB' : rate.country,
          jurisdiction: rate.country,
          percentage: Number(rate.percent),
          inclusive: rate.inclusive,
          tax_type: 'vat',
          metadata: { key },
        },
        { idempotencyKey: `tax-rate:${key}` },
      ),
    );
    return made.id;
  }

  async #once(connection: StripeConnection, key: string, find: () => Promise<string>): Promise<string> {
    let known = this.#known.get(connection.stripe);
    if (!known) this.#known.set(connection.stripe, (known = new Map()));
    let found = known.get(key);
    if (!found) {
      found = asking(find);
      known.set(key, found);
      // What failed is tried again by whoever asks next.
      found.catch(() => known.delete(key));
    }
    return found;
  }
}

/** `17` and `17.00` are one rate. */
const taxRateKey = ({ country, percent, inclusive }: TaxRateInput): string =>
  `${country} ${percent.includes('.') ? percent.replace(/\.?0+$/, '') : percent} ${inclusive ? 'inclusive' : 'exclusive'}`;

const isSame = (price: Stripe.Price, { amountMinor, currency, interval }: PriceInput): boolean =>
  price.unit_amount === amountMinor &&
  price.currency === currency &&
  price.recurring?.interval === interval &&
  price.recurring.interval_count === 1;
