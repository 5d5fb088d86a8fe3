import type { Database, TenantContext } from '@wizamart/core';
import type { StripeInvoice } from '../gatewayTypes.js';
import type { OurInvoice, OurSide } from './OurSide.js';

/** Credit notes have references of their own; what an invoice of below nothing became counts by its size. */
const ISSUED = `
  SELECT reference AS "stripeId", net_minor::float8 AS "netMinor" FROM billing_invoice
  WHERE platform_id = $1 AND issuer = 'provider' AND status <> 'draft' AND reference = ANY($2)`;

/** Tells the comparison which of Stripe's invoices the provider has issued its own for. */
export class IssuedInvoices {
  readonly #database: Database;

  constructor(deps: { readonly database: Database; readonly stripeOurSide: OurSide }) {
    this.#database = deps.database;
    deps.stripeOurSide.invoicesFrom((ctx, invoices) => this.of(ctx, invoices));
  }

  /** Those that have their number. */
  of(ctx: TenantContext, invoices: readonly StripeInvoice[]): Promise<readonly OurInvoice[]> {
    return this.#database.directory(ctx, ({ tx }) =>
      tx.query<OurInvoice & object>(ISSUED, [ctx.platform.id, invoices.map(({ id }) => id)]),
    );
  }
}
