import { hash } from 'node:crypto';
import type { Database, TenantContext } from '@wizamart/core';
import { TenantMissing } from '@wizamart/core';
import type { StripeAccount, StripeConnection, StripeConnector } from './connection/StripeConnection.js';
import type { CustomerDetails } from './gatewayTypes.js';
import { asking, isMissing } from './stripeErrors.js';
import { taxIdTypeOf } from './taxIdType.js';

interface KnownCustomer {
  readonly customerId: string;
  /** What Stripe was told last, to tell it only what is new. */
  readonly told: string;
}

const FIND = {
  name: 'billing_stripe_customer_find',
  text: `SELECT customer_id AS "customerId", told FROM billing_stripe_customer WHERE merchant_id = $1 AND platform_id = $2 AND account = $3`,
};
const KEEP = `
  INSERT INTO billing_stripe_customer (merchant_id, platform_id, account, customer_id, told, created_at) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (merchant_id, platform_id, account) DO UPDATE SET customer_id = excluded.customer_id, told = excluded.told`;
const MERCHANT_OF = {
  name: 'billing_stripe_customer_merchant',
  text: `
    SELECT merchant_id AS id, told::jsonb->>'name' AS name FROM billing_stripe_customer
    WHERE platform_id = $1 AND account = $2 AND customer_id = $3`,
};

/** Which customer of Stripe's a merchant is on a platform. */
export class StripeCustomers {
  readonly #database: Database;
  readonly #connections: StripeConnector;

  constructor(deps: { readonly database: Database; readonly stripeConnections: StripeConnector }) {
    this.#database = deps.database;
    this.#connections = deps.stripeConnections;
  }

  /** Makes the customer, or tells Stripe what has changed; the same however often it is called. */
  async ensure(ctx: TenantContext, details: CustomerDetails): Promise<{ readonly customerId: string }> {
    const own = merchantContext(ctx, details.merchantId);
    const connection = await this.#connections.of(ctx);
    const told = JSON.stringify(details);
    const known = await this.#find(own, connection.account);
    if (known?.told === told) return { customerId: known.customerId };
    const customerId =
      (known && (await this.#update(connection, known, details))) ??
      (await this.#create(own, connection, details, known?.customerId));
    await this.#database.unit(own, ({ tx }) =>
      tx.query(KEEP, [details.merchantId, ctx.platform.id, connection.account, customerId, told, ctx.now]),
    );
    return { customerId };
  }

  /** The merchant whose customer this is on the platform of `ctx`; null where it is not one of ours. */
  async merchantOf(
    ctx: TenantContext,
    account: StripeAccount,
    customerId: string,
  ): Promise<{ readonly id: string; readonly name: string } | null> {
    const [row] = await this.#database.readSystem<{ id: string; name: string }>(MERCHANT_OF, [
      ctx.platform.id,
      account,
      customerId,
    ]);
    return row ?? null;
  }

  /** The customer that the merchant of `ctx` is; null before there was anything to pay. */
  async customerOf(ctx: TenantContext): Promise<string | null> {
    const merchantId = ctx.merchant?.id;
    if (merchantId === undefined) throw new TenantMissing({ needed: 'merchant', where: 'StripeCustomers' });
    const { account } = await this.#connections.of(ctx);
    return (await this.#find(merchantContext(ctx, merchantId), account))?.customerId ?? null;
  }

  async #find(ctx: TenantContext, account: StripeAccount): Promise<KnownCustomer | undefined> {
    const [row] = await this.#database.read<KnownCustomer>(ctx, FIND, [
      ctx.merchant?.id,
      ctx.platform.id,
      account,
    ]);
    return row;
  }

  async #create(
    ctx: TenantContext,
    { stripe, account }: StripeConnection,
    details: CustomerDetails,
    lost: string | undefined,
  ): Promise<string> {
    const taxId = taxIdOf(details);
    // One that Stripe has lost must not come back by its key.
    const idempotencyKey = ['customer', ctx.platform.id, details.merchantId, account, lost ?? 'first'].join(
      ':',
    );
    const { id } = await asking(() =>
      stripe.customers.create(
        { ...fieldsOf(ctx, details), ...(taxId ? { tax_id_data: [taxId] } : {}) },
        {
          idempotencyKey: `${idempotencyKey}:${hash('sha256', JSON.stringify(details), 'hex').slice(0, 16)}`,
        },
      ),
    );
    return id;
  }

  /** @returns undefined when Stripe does not have it any more */
  async #update(
    { stripe }: StripeConnection,
    known: KnownCustomer,
    details: CustomerDetails,
  ): Promise<string | undefined> {
    const before = JSON.parse(known.told) as CustomerDetails;
    try {
      const found = await stripe.customers.update(known.customerId, changeableOf(details));
      if (before.vatId !== details.vatId) await this.#replaceTaxId(stripe, known.customerId, details);
      return found.id;
    } catch (error) {
      if (isMissing(error)) return undefined;
      return asking(() => Promise.reject(error as Error));
    }
  }

  async #replaceTaxId(
    stripe: StripeConnection['stripe'],
    customerId: string,
    details: CustomerDetails,
  ): Promise<void> {
    const wanted = taxIdOf(details);
    const { data } = await stripe.customers.listTaxIds(customerId, { limit: 100 });
    for (const { id, value } of data)
      if (value !== wanted?.value) await stripe.customers.deleteTaxId(customerId, id);
    if (wanted && !data.some(({ value }) => value === wanted.value))
      await stripe.customers.createTaxId(customerId, wanted);
  }
}

/** The merchant on this platform; the provider writes, a merchant may read who it is. */
const merchantContext = (ctx: TenantContext, merchantId: string): TenantContext => ({
  ...ctx,
  store: null,
  merchant: { id: merchantId, name: ctx.merchant?.id === merchantId ? ctx.merchant.name : '' },
  actor: { kind: 'system', name: 'billing.customers' },
});

const changeableOf = ({ name, email, country, taxExempt }: CustomerDetails) => ({
  name,
  email,
  address: { country },
  tax_exempt: taxExempt,
});

const fieldsOf = (ctx: TenantContext, details: CustomerDetails) => ({
  ...changeableOf(details),
  metadata: { merchantId: details.merchantId, platform: ctx.platform.code },
});

function taxIdOf({ vatId, country }: CustomerDetails): { type: 'eu_vat' | 'gb_vat'; value: string } | null {
  const type = vatId === null ? null : taxIdTypeOf(vatId, country);
  return type === null ? null : { type, value: vatId as string };
}
